package org.sdescript.process.explain;

import java.util.List;
import java.util.function.Function;
import org.sdescript.algebra.MathMl;

/** A formula of a derivation, rendered as text, LaTeX or MathML. */
public final class Formula {
    private final Function<Notation, String> writing;

    private Formula(Function<Notation, String> writing) {
        this.writing = writing;
    }

    /** Creates a formula from its rendering. */
    public static Formula of(Function<Notation, String> writing) {
        return new Formula(writing);
    }

    /** Creates a formula of several equations, one below the other. */
    public static Formula lines(Function<Notation, List<String>> writing) {
        return of(notation -> notation.display(writing.apply(notation)));
    }

    /** Creates a formula from fixed texts, such as a theorem. */
    public static Formula written(String text, String latex) {
        return of(notation -> notation.choose(text, latex));
    }

    /** Returns Unicode text, one line per equation. */
    public String text() {
        return writing.apply(Notation.TEXT);
    }

    /** Returns LaTeX for math mode. */
    public String latex() {
        return writing.apply(Notation.LATEX);
    }

    /** Returns a displayed formula of MathML. */
    public String mathml() {
        return MathMl.displayed(latex());
    }
}
