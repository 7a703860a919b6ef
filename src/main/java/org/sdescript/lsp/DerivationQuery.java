package org.sdescript.lsp;

/**
 * The parameters of the request {@code sde/derivation}.
 *
 * @param uri the open script
 * @param name the name of one {@code sde} that the script declares
 */
public record DerivationQuery(String uri, String name) {}
