package org.sdescript.learn;

import org.sdescript.graph.Shape;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;
import org.sdescript.runtime.kernel.ParameterSource;
import org.sdescript.source.Span;

/** The parameters of the second copy of a network, which tells the noise of a path: the same names behind {@code noise.}. */
record NoiseCopy(ParameterSource parameters) implements ParameterSource {
    private static final String PREFIX = "noise.";

    @Override
    public Value parameter(String path, Shape shape, InitialValues initial, Span span) {
        return parameters.parameter(PREFIX + path, shape, initial, span);
    }

    @Override
    public boolean isTraining() {
        return parameters.isTraining();
    }
}
