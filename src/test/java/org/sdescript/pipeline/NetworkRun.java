package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.backend.LoopReference.Values;
import org.sdescript.backend.RandomStream;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.ParameterSource;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * The output of a network's body for x in double precision. All parameters are standard normal, whatever their layer's
 * initial values, so that each of them affects the result.
 */
record NetworkRun(Values output, Map<String, Values> parameters, Map<String, InitialValues> initials) {

    /** @param body the body of a network (x, t) */
    static NetworkRun of(String body, Values x, boolean training) {
        Settings settings = Settings.standard().precision(Precision.FLOAT64).seed(1);
        Path folder = Script.temporary();
        Source source = new Source("network.sde", "network net(x, t) = " + body);
        try (Session session = new Session(settings, new RecordedConsole(), folder, folder)) {
            Environment root = Environment.root();
            Interpreter interpreter = Phases.interpreter(session, root, null, List.of());
            new StandardLibrary().bindIn(interpreter);
            Environment module = root.module();
            interpreter.run(Script.PIPELINE.program(source), module);
            Span span = new Span(source, 0, 1);
            return new Normal(interpreter, training).run((Callable) module.find("net"), x, span);
        }
    }

    private static final class Normal implements ParameterSource {
        private final Map<String, Values> parameters = new LinkedHashMap<>();
        private final Map<String, InitialValues> initials = new LinkedHashMap<>();
        private final RandomStream random = new RandomStream(5);
        private final Interpreter interpreter;
        private final boolean training;

        Normal(Interpreter interpreter, boolean training) {
            this.interpreter = interpreter;
            this.training = training;
        }

        NetworkRun run(Callable network, Values x, Span span) {
            Value samples = interpreter.tensors().literal(x.shape(), x.elements(), span);
            Value times = interpreter.tensors().literal(Shape.of(1), new double[] {0.5}, span);
            Value result = Kernels.of(interpreter)
                    .run("test", List.of(samples, times), span, traced -> Kernels.of(interpreter)
                            .networks()
                            .output(network, this, Arguments.of(span, traced.get(0), traced.get(1))));
            var tensor = ((Value.TensorValue) result).tensor();
            return new NetworkRun(new Values(tensor.shape(), tensor.toDoubles()), parameters, initials);
        }

        @Override
        public Value parameter(String path, Shape shape, InitialValues initial, Span span) {
            double[] values = random.normal(shape);
            parameters.put(path, new Values(shape, values));
            initials.put(path, initial);
            return interpreter.tensors().literal(shape, values, span);
        }

        @Override
        public boolean isTraining() {
            return training;
        }
    }
}
