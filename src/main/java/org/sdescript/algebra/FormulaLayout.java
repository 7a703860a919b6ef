package org.sdescript.algebra;

import java.util.List;

/** A formula as it is laid out: letters, signs, fractions, exponents, tables. Read from LaTeX by {@link LatexReader}. */
public sealed interface FormulaLayout {

    /** Parts from left to right. */
    record Row(List<FormulaLayout> parts) implements FormulaLayout {
        public Row {
            parts = List.copyOf(parts);
        }
    }

    /** A name of one letter; several letters if the name is italic or upright as a whole. */
    record Name(String letters, Style style) implements FormulaLayout {}

    /** Digits, with a decimal point. */
    record Digits(String digits) implements FormulaLayout {}

    /** A sign such as +, =, ( or ∫. */
    record Sign(String sign) implements FormulaLayout {}

    /** The upright name of a function or of a limit, which has its argument behind it. */
    record FunctionName(String name) implements FormulaLayout {}

    /** Words between formulas. */
    record Words(String text) implements FormulaLayout {}

    /** Blank width, with the unit em. */
    record Space(String width) implements FormulaLayout {}

    /** @param small true if the fraction has the size of text in a displayed formula */
    record Ratio(FormulaLayout above, FormulaLayout below, boolean small) implements FormulaLayout {}

    /** @param degree an empty row for the square root */
    record Root(FormulaLayout inside, Row degree) implements FormulaLayout {}

    /** A base with a subscript and a superscript, of which one may be an empty row. */
    record Scripts(FormulaLayout base, Row below, Row above) implements FormulaLayout {}

    /** A letter below a mark such as a dot, a bar or a hat. */
    record Accent(FormulaLayout inside, String mark) implements FormulaLayout {}

    /** Brackets that grow with what they enclose. */
    record Fence(String open, Row inside, String close) implements FormulaLayout {}

    /** Rows of cells. */
    record Table(Kind kind, List<List<Row>> rows) implements FormulaLayout {
        public Table {
            rows = rows.stream().map(List::copyOf).toList();
        }

        /** Equations aligned at their signs, a matrix in parentheses, and cases behind a brace. */
        public enum Kind {
            ALIGNED,
            MATRIX,
            CASES
        }
    }

    /** The shapes of the letters of a name. */
    public enum Style {
        ITALIC,
        UPRIGHT,
        BOLD,
        DOUBLE_STRUCK,
        SANS_SERIF,
        CALLIGRAPHIC
    }
}
