package org.sdescript.learn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sdescript.backend.Tensor;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Pictures of samples during training, drawn by {@code preview} of the standard library with a separate seed, so that
 * they do not change the training.
 *
 * @param every the number of steps between pictures; 0 for none
 */
record Preview(int every) {
    private static final String FOLDER = "preview";
    private static final String DRAWING = "preview";
    private static final int IMAGES = 16;
    private static final int POINTS = 500;

    boolean isDue(long step) {
        return every > 0 && step % every == 0;
    }

    /**
     * @param model the model with its current parameters
     * @param columns the labels and conditions of the data, the first of which the pictures have
     */
    void draw(
            Interpreter interpreter,
            ModelValue model,
            Value process,
            List<TrainingColumn> columns,
            long step,
            Span span) {
        Session session = interpreter.session();
        int work = session.log().work().size();
        int wanted = model.sampleShape().orElseThrow().rank() > 1 ? IMAGES : POINTS;
        List<String> open = model.open(Set.of());
        List<TrainingColumn> needed =
                columns.stream().filter(each -> open.contains(each.name())).toList();
        int n = needed.stream()
                .mapToInt(each -> (int) Math.min(wanted, each.rows().shape().size(0)))
                .min()
                .orElse(wanted);
        Map<String, Value> options = new LinkedHashMap<>();
        options.put("n", Value.number(n));
        String file = Path.of(FOLDER, String.format(Locale.ROOT, "step-%07d.png", step))
                .toString();
        try (Shown shown = shown(interpreter, model, needed, n)) {
            interpreter.call(
                    interpreter.library(DRAWING),
                    new Arguments(List.of(process, shown.score(), Value.text(file)), options, span));
        }
        session.log().work().subList(work, session.log().work().size()).clear();
    }

    /** Returns the model with the first labels and conditions of the data bound. */
    private static Shown shown(Interpreter interpreter, ModelValue model, List<TrainingColumn> columns, int n) {
        List<Tensor> owned = new ArrayList<>();
        Map<String, Value> bound = new LinkedHashMap<>();
        columns.forEach(each -> {
            Tensor first = interpreter.session().backend().rows(each.rows(), 0, n);
            owned.add(first);
            bound.put(each.name(), new Value.TensorValue(first));
        });
        return new Shown(model.configured(bound), owned);
    }

    private record Shown(Callable score, List<Tensor> owned) implements AutoCloseable {
        @Override
        public void close() {
            owned.forEach(Tensor::close);
        }
    }
}
