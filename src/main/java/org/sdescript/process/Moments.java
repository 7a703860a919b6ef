package org.sdescript.process;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.sdescript.algebra.Expr;

/**
 * The conditional law N( Φ x + m, Σ ) of the states, its entries expressions of time.
 *
 * @param map Φ, states × states
 * @param offset m, one for each state
 * @param covariance Σ, states × states
 */
public record Moments(Matrix map, List<Expr> offset, Matrix covariance) {
    public Moments {
        offset = List.copyOf(offset);
    }

    /** The law of one state. */
    public static Moments scalar(Expr map, Expr offset, Expr variance) {
        return new Moments(Matrix.scalar(map), List.of(offset), Matrix.scalar(variance));
    }

    /** m as a column. */
    Matrix offsets() {
        return Matrix.of(offset.size(), 1, (i, j) -> offset.get(i));
    }

    Stream<Expr> entries() {
        return Stream.of(
                        map.rows().stream().flatMap(List::stream),
                        offset.stream(),
                        covariance.rows().stream().flatMap(List::stream))
                .flatMap(each -> each);
    }

    Moments map(UnaryOperator<Expr> change) {
        return new Moments(map.map(change), offset.stream().map(change).toList(), covariance.map(change));
    }
}
