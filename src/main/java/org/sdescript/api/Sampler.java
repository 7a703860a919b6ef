package org.sdescript.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function of a script that draws samples, with a parameter {@code n} and perhaps {@code seed}.
 *
 * <pre>{@code
 * Sde script = Sde.of("fn draw(n; seed = 0) = sample(VP(), normal().score(VP()), n = n, shape = [2], seed = seed)");
 * try (SdeRun run = script.run()) {
 *     Sampler draw = run.sampler("draw");
 *     NdArray samples = draw.sample(10);        // of shape [10, 2]
 *     double[][] again = draw.sample(10, 7).rows();
 * }
 * }</pre>
 */
public final class Sampler {
    private final SdeFunction function;

    Sampler(SdeFunction function) {
        this.function = function;
    }

    /**
     * Draws {@code n} samples: an array of shape [n, …].
     *
     * @throws SdeException if the function fails or returns no tensor
     */
    public NdArray sample(int n) {
        return samples(function.call(Map.of("n", n)));
    }

    /**
     * Draws with a seed, if the function has a parameter {@code seed}; equal seeds draw equal samples.
     *
     * @throws SdeException if the function fails, has no parameter {@code seed}, or returns no tensor
     */
    public NdArray sample(int n, long seed) {
        return samples(function.call(Map.of("n", n, "seed", seed)));
    }

    SdeFunction function() {
        return function;
    }

    private NdArray samples(@Nullable Object result) {
        return function.typed(NdArray.class, result);
    }
}
