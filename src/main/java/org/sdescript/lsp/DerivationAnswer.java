package org.sdescript.lsp;

/**
 * The answer to the request {@code sde/derivation}.
 *
 * @param text the steps as {@code sde derive} prints them
 * @param latex the steps as a LaTeX document
 * @param json the steps as {@code sde derive --json} prints them
 * @param mathml the steps as elements of HTML with formulas as MathML
 */
public record DerivationAnswer(String name, String text, String latex, String json, String mathml) {}
