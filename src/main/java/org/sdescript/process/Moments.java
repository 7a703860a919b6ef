package org.sdescript.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.sdescript.algebra.Expr;

/**
 * The conditional law N( Φ x + m, Σ ) of the states; entries are expressions of time.
 *
 * @param map Φ, states × states
 * @param offset m, one for each state
 * @param covariance Σ, states × states
 */
public record Moments(Matrix map, List<Expr> offset, Matrix covariance) {
    public Moments {
        offset = List.copyOf(offset);
    }

    /** Creates the law of one state. */
    public static Moments scalar(Expr map, Expr offset, Expr variance) {
        return new Moments(Matrix.scalar(map), List.of(offset), Matrix.scalar(variance));
    }

    /** Returns m as a column. */
    Matrix offsets() {
        return Matrix.of(offset.size(), 1, (i, j) -> offset.get(i));
    }

    /** Returns all formulas. */
    public Stream<Expr> entries() {
        return Stream.of(
                        map.rows().stream().flatMap(List::stream),
                        offset.stream(),
                        covariance.rows().stream().flatMap(List::stream))
                .flatMap(each -> each);
    }

    /** Changes every entry; equal entries, as on both sides of a diagonal, are changed once. */
    Moments map(UnaryOperator<Expr> change) {
        Map<Expr, Expr> changed = new HashMap<>();
        UnaryOperator<Expr> once = e -> changed.computeIfAbsent(e, change);
        return new Moments(map.map(once), offset.stream().map(once).toList(), covariance.map(once));
    }
}
