package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks properties of LaTeX that compiles: braces, environments and growing brackets are closed in order, and there
 * are only Latin-1 characters and macros of LaTeX and amsmath. Outside the build, pdflatex and KaTeX (strict) accepted
 * the formulas and documents of the standard processes.
 */
public final class LatexStructure {
    private static final Pattern MARK = Pattern.compile(
            "\\\\(begin|end)\\{([a-z]+\\*?)}|\\\\(left|right)(?![a-z])|\\\\([A-Za-z]+|.)|[{}&]", Pattern.DOTALL);

    private static final Set<String> MACROS = Set.of(
            "frac",
            "tfrac",
            "sqrt",
            "int",
            "sum",
            "lim",
            "partial",
            "nabla",
            "cdot",
            "infty",
            "to",
            "in",
            "circ",
            "ldots",
            "quad",
            "mid",
            "sim",
            "ge",
            "le",
            "log",
            "exp",
            "sin",
            "cos",
            "tan",
            "sinh",
            "cosh",
            "tanh",
            "arctan",
            "min",
            "max",
            "det",
            "operatorname",
            "mathcal",
            "mathrm",
            "mathit",
            "mathsf",
            "text",
            "dot",
            "ddot",
            "bar",
            "item",
            "subsection",
            "section",
            "S",
            "documentclass",
            "usepackage",
            "textbackslash",
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Upsilon",
            "Phi",
            "Psi",
            "Omega",
            "\\",
            ",",
            ";",
            "[",
            "]",
            "&",
            "%",
            "#",
            "_",
            "$",
            "{",
            "}",
            "^",
            "~");

    private static final Set<String> ENVIRONMENTS =
            Set.of("aligned", "pmatrix", "cases", "enumerate", "gather*", "document");

    private static final Set<String> ALIGNED = Set.of("aligned", "pmatrix", "cases");

    private LatexStructure() {}

    public static void check(String latex) {
        assertThat(latex).matches("(?s)[\\x00-\\xff]*");
        Deque<String> open = new ArrayDeque<>();
        Matcher marks = MARK.matcher(latex);
        while (marks.find()) {
            if (marks.group(1) != null) {
                assertThat(ENVIRONMENTS).contains(marks.group(2));
                step(open, marks.group(1).equals("begin"), marks.group(2), latex);
            } else if (marks.group(3) != null) {
                step(open, marks.group(3).equals("left"), "left", latex);
            } else if (marks.group(4) != null) {
                assertThat(MACROS).as(latex).contains(marks.group(4));
            } else if (marks.group().equals("&")) {
                assertThat(open.stream().filter(ENVIRONMENTS::contains).findFirst())
                        .as(latex)
                        .isPresent()
                        .hasValueSatisfying(
                                around -> assertThat(ALIGNED).as(latex).contains(around));
            } else {
                step(open, marks.group().equals("{"), "{", latex);
            }
        }
        assertThat(open).as(latex).isEmpty();
    }

    private static void step(Deque<String> open, boolean opens, String what, String latex) {
        if (opens) {
            open.push(what);
        } else {
            assertThat(open.poll()).as(latex).isEqualTo(what);
        }
    }
}
