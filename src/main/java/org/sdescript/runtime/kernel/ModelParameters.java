package org.sdescript.runtime.kernel;

import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The parameters of a model. The trace for training creates missing parameters; other traces throw for a missing
 * parameter.
 */
public final class ModelParameters implements ParameterSource {
    private final Interpreter interpreter;
    private final Parameters parameters;
    private final @Nullable RandomStream initial;

    private ModelParameters(Interpreter interpreter, Parameters parameters, @Nullable RandomStream initial) {
        this.interpreter = interpreter;
        this.parameters = parameters;
        this.initial = initial;
    }

    public static ModelParameters trained(Interpreter interpreter, Parameters parameters) {
        return new ModelParameters(interpreter, parameters, null);
    }

    /** @param initial draws the initial values of new parameters */
    public static ModelParameters inTraining(Interpreter interpreter, Parameters parameters, RandomStream initial) {
        return new ModelParameters(interpreter, parameters, initial);
    }

    @Override
    public boolean isTraining() {
        return initial != null;
    }

    @Override
    public Value parameter(String path, Shape shape, InitialValues first, Span span) {
        if (!parameters.contains(path)) {
            create(path, shape, first, span);
        }
        Shape its = parameters.get(path).shape();
        if (!its.equals(shape)) {
            throw Diagnostic.error("E0510", span, path + " has shape " + its + ", but " + shape + " is needed here")
                    .note("a network keeps the parameters it was trained with")
                    .help("give it inputs of the shape it was trained on")
                    .raise();
        }
        return Kernels.of(interpreter).trace().parameter(parameters, path);
    }

    private void create(String path, Shape shape, InitialValues first, Span span) {
        if (initial == null) {
            throw Diagnostic.error("E0511", span, "the model has no parameter " + path)
                    .help("the network has changed since the model was trained")
                    .raise();
        }
        parameters.expect(path, interpreter.tensors().precision(), shape, span);
        parameters.create(path, interpreter.tensors().precision(), shape, first.values(shape, initial));
    }
}
