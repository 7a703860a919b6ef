package org.sdescript.process;

import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;

/** How the noises of a process depend on the states, which decides the strong order of methods of simulation. */
public enum NoiseForm {
    /** G does not depend on the states. */
    ADDITIVE,
    /** Each noise drives one state, each state has one noise, and its coefficient depends on no other state. */
    DIAGONAL,
    /** One noise for all states. */
    SINGLE,
    /** Σₗ Gₗⱼ ∂Gᵢₖ/∂xₗ is symmetric in j and k, so no method of order 1 needs Lévy areas (Kloeden and Platen 1992, §10.3). */
    COMMUTING,
    /** All else: order 1 would need the areas between any two noises, which their increments do not determine. */
    GENERAL;

    public static NoiseForm of(Process process) {
        List<List<Expr>> g = process.diffusion();
        if (g.stream().flatMap(List::stream).allMatch(entry -> dependsOnNone(entry, process, -1))) {
            return ADDITIVE;
        }
        if (isDiagonal(process)) {
            return DIAGONAL;
        }
        if (process.noises().size() == 1) {
            return SINGLE;
        }
        return commutes(process) ? COMMUTING : GENERAL;
    }

    private static boolean isDiagonal(Process process) {
        List<List<Expr>> g = process.diffusion();
        boolean oneEach = IntStream.range(0, process.noises().size())
                .allMatch(k -> g.stream().filter(row -> !row.get(k).isZero()).count() <= 1);
        return oneEach
                && IntStream.range(0, g.size())
                        .allMatch(
                                i -> g.get(i).stream().filter(e -> !e.isZero()).count() <= 1
                                        && g.get(i).stream().allMatch(entry -> dependsOnNone(entry, process, i)));
    }

    /** True if the entry depends on no state but perhaps the given one. */
    private static boolean dependsOnNone(Expr entry, Process process, int but) {
        return IntStream.range(0, process.states().size())
                .allMatch(i -> i == but || entry.isFreeOf(process.states().get(i)));
    }

    private static boolean commutes(Process process) {
        int noises = process.noises().size();
        return IntStream.range(0, process.states().size())
                .allMatch(i -> IntStream.range(0, noises).allMatch(k -> IntStream.range(0, k)
                        .allMatch(j -> Simplification.of(along(process, j, i, k).minus(along(process, k, i, j)))
                                .isZero())));
    }

    /** Returns the derivative of Gᵢₖ along noise j: Σₗ Gₗⱼ ∂Gᵢₖ/∂xₗ. */
    private static Expr along(Process process, int j, int i, int k) {
        Expr entry = process.diffusion().get(i).get(k);
        return Expr.sum(IntStream.range(0, process.states().size())
                .mapToObj(l -> process.diffusion()
                        .get(l)
                        .get(j)
                        .times(Derivative.of(entry, process.states().get(l))))
                .toList());
    }
}
