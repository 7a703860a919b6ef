package org.sdescript.process;

import java.util.List;
import java.util.function.Function;

/** What a derivation says in signs, written in the notation that is asked for. */
public final class Formula {
    private final Function<Notation, String> writing;

    private Formula(Function<Notation, String> writing) {
        this.writing = writing;
    }

    /** The same in both notations. */
    static Formula of(Function<Notation, String> writing) {
        return new Formula(writing);
    }

    /** Equations one below the other. */
    static Formula lines(Function<Notation, List<String>> writing) {
        return of(notation -> notation.display(writing.apply(notation)));
    }

    /** A theorem, in letters. */
    static Formula written(String text, String latex) {
        return of(notation -> notation.choose(text, latex));
    }

    /** In Unicode, of several lines where it has several equations. */
    public String text() {
        return writing.apply(Notation.TEXT);
    }

    /** For math mode. */
    public String latex() {
        return writing.apply(Notation.LATEX);
    }
}
