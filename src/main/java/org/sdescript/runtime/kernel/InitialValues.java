package org.sdescript.runtime.kernel;

import java.util.Arrays;
import org.sdescript.backend.RandomStream;
import org.sdescript.graph.Shape;

/** The initial values of a parameter, with PyTorch's default for each layer. */
public sealed interface InitialValues {
    InitialValues ZEROS = new Constant(0);
    InitialValues ONES = new Constant(1);

    /** Standard normal, for the rows of embeddings. */
    InitialValues NORMAL = new Normal();

    /**
     * Uniform in ±1/√inputs, for the weight and bias of a layer whose outputs each sum this number of inputs; equal
     * to {@code kaiming_uniform_(a=√5)} (He et al. 2015).
     */
    static InitialValues ofInputs(long inputs) {
        return ofInputs(inputs, 1);
    }

    /**
     * Uniform in ±scale/√inputs; with scale 0 the layer starts as zero (the last layers of Ho et al. 2020,
     * {@code init_scale}).
     */
    static InitialValues ofInputs(long inputs, double scale) {
        return new Uniform(inputs > 0 ? scale / Math.sqrt(inputs) : 0);
    }

    /** Uniform in ±√(6/(inputs + outputs)): {@code xavier_uniform_} (Glorot and Bengio 2010). */
    static InitialValues between(long inputs, long outputs) {
        return new Uniform(Math.sqrt(6.0 / (inputs + outputs)));
    }

    record Uniform(double bound) implements InitialValues {}

    record Normal() implements InitialValues {}

    record Constant(double value) implements InitialValues {}

    /** Draws the values of a parameter, in row-major order. */
    default double[] values(Shape shape, RandomStream random) {
        return switch (this) {
            case Uniform(double bound) -> {
                double[] values = random.uniform(shape);
                for (int i = 0; i < values.length; i++) {
                    values[i] = bound * (2 * values[i] - 1);
                }
                yield values;
            }
            case Normal normal -> random.normal(shape);
            case Constant(double value) -> {
                double[] values = new double[Math.toIntExact(shape.elements())];
                Arrays.fill(values, value);
                yield values;
            }
        };
    }
}
