package org.sdescript.learn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
     * @param labels one for each sample of the data, if the network takes labels
     */
    void draw(Interpreter interpreter, ModelValue model, Value process, Optional<Tensor> labels, long step, Span span) {
        Session session = interpreter.session();
        int work = session.log().work().size();
        int wanted = model.sampleShape().orElseThrow().rank() > 1 ? IMAGES : POINTS;
        int n = labels.map(each -> (int) Math.min(wanted, each.shape().size(0))).orElse(wanted);
        Map<String, Value> options = new LinkedHashMap<>();
        options.put("n", Value.number(n));
        String file = Path.of(FOLDER, String.format(Locale.ROOT, "step-%07d.png", step))
                .toString();
        try (Shown shown = shown(interpreter, model, labels, n)) {
            interpreter.call(
                    interpreter.library(DRAWING),
                    new Arguments(List.of(process, shown.score(), Value.text(file)), options, span));
        }
        session.log().work().subList(work, session.log().work().size()).clear();
    }

    /** Returns the model with the first labels of the data bound. */
    private static Shown shown(Interpreter interpreter, ModelValue model, Optional<Tensor> labels, int n) {
        List<String> open = model.open(java.util.Set.of());
        if (labels.isEmpty() || open.isEmpty()) {
            return new Shown(model, null);
        }
        Tensor first = interpreter.session().backend().rows(labels.get(), 0, n);
        return new Shown(model.configured(Map.of(open.getFirst(), new Value.TensorValue(first))), first);
    }

    private record Shown(Callable score, @Nullable Tensor labels) implements AutoCloseable {
        @Override
        public void close() {
            if (labels != null) {
                labels.close();
            }
        }
    }
}
