package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.UnicodeNames;
import org.sdescript.process.explain.Notation;

/**
 * A matrix in print: rows in brackets, or entry by entry where the rows would be wider than a page, with each entry of
 * a symmetric matrix once; a zero matrix is 0.
 *
 * @param rows the names that index the rows, as in Σₓᵥ
 * @param columns the names that index the columns; empty for a vector
 */
record MatrixEntries(Matrix matrix, List<String> rows, List<String> columns) {
    /** The widest rows, which fit into a hundred columns with the margin of an explanation. */
    private static final int WIDEST = 92;

    /** Returns a matrix with states as rows and columns. */
    static MatrixEntries ofStates(Matrix matrix, List<Expr.Symbol> states) {
        List<String> names = states.stream().map(Expr.Symbol::name).toList();
        return new MatrixEntries(matrix, names, matrix.width() == 1 ? List.of() : names);
    }

    /** Returns a matrix with states as rows and numbered columns. */
    static MatrixEntries ofColumns(Matrix matrix, List<Expr.Symbol> states) {
        List<String> numbers = IntStream.rangeClosed(1, matrix.width())
                .mapToObj(String::valueOf)
                .toList();
        return new MatrixEntries(matrix, states.stream().map(Expr.Symbol::name).toList(), numbers);
    }

    /** Returns equations for {@link Notation#display}. */
    List<String> written(String text, String latex, Notation notation) {
        String name = notation.choose(text, latex);
        if (matrix.all(Expr::isZero)) {
            return List.of(notation.equation(name, "0"));
        }
        List<String> whole = MatrixText.of(text, matrix);
        if (MatrixText.width(whole) > WIDEST) {
            return each(name, notation);
        }
        return switch (notation) {
            case TEXT -> whole;
            case LATEX -> List.of(notation.equation(latex, MatrixText.latex(matrix)));
        };
    }

    private List<String> each(String name, Notation notation) {
        List<String> lines = new ArrayList<>();
        List<String> zeros = new ArrayList<>();
        places().forEach(place -> {
            Expr entry = matrix.at(place[0], place[1]);
            String left = name + index(place, notation);
            if (entry.isZero()) {
                zeros.add(left);
            } else {
                lines.add(notation.equation(left, notation.of(entry)));
            }
        });
        if (!zeros.isEmpty()) {
            lines.add(notation.equation(String.join(" = ", zeros), "0"));
        }
        return lines;
    }

    private Stream<int[]> places() {
        boolean symmetric = rows.equals(columns) && matrix.equals(matrix.transposed());
        return IntStream.range(0, matrix.height())
                .boxed()
                .flatMap(i -> IntStream.range(symmetric ? i : 0, matrix.width()).mapToObj(j -> new int[] {i, j}));
    }

    private String index(int[] place, Notation notation) {
        List<String> names =
                columns.isEmpty() ? List.of(rows.get(place[0])) : List.of(rows.get(place[0]), columns.get(place[1]));
        return index(names, notation);
    }

    /** Returns names as a subscript: single letters are juxtaposed, others separated by commas. */
    static String index(List<String> names, Notation notation) {
        List<String> written = names.stream().map(notation::name).toList();
        boolean letters = names.stream().map(UnicodeNames::spelled).allMatch(each -> each.length() == 1);
        return notation.choose(
                UnicodeNames.lowered(String.join(letters ? "" : ",", written)),
                "_{" + written.stream().collect(Collectors.joining(letters ? " " : ", ")) + "}");
    }
}
