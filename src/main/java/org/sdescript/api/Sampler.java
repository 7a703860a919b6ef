package org.sdescript.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function of a script that draws samples: {@code fn draw(n; seed = 0) = sample(vp, score, n = n, seed = seed)}. */
public final class Sampler {
    private final SdeFunction function;

    Sampler(SdeFunction function) {
        this.function = function;
    }

    /** Draws {@code n} samples: an array of shape [n, …]. */
    public NdArray sample(int n) {
        return samples(function.call(Map.of("n", n)));
    }

    /** Draws with a seed, if the function has a parameter {@code seed}; equal seeds draw equal samples. */
    public NdArray sample(int n, long seed) {
        return samples(function.call(Map.of("n", n, "seed", seed)));
    }

    private NdArray samples(@Nullable Object result) {
        if (result instanceof NdArray samples) {
            return samples;
        }
        throw new IllegalStateException("`" + function.name() + "` returns no samples, but " + result);
    }
}
