package org.sdescript.process;

import java.util.List;
import java.util.function.Function;

/**
 * What a derivation says in signs, in both notations.
 *
 * @param text in Unicode, of several lines where it has several equations
 * @param latex for math mode
 */
public record Formula(String text, String latex) {

    /** The same in both notations. */
    static Formula of(Function<Notation, String> writing) {
        return new Formula(writing.apply(Notation.TEXT), writing.apply(Notation.LATEX));
    }

    /** Equations one below the other. */
    static Formula lines(Function<Notation, List<String>> writing) {
        return of(notation -> notation.display(writing.apply(notation)));
    }

    /** A theorem, in letters. */
    static Formula written(String text, String latex) {
        return new Formula(text, latex);
    }
}
