package org.sdescript.runtime.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.ArgumentBinding;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A model of a path between two laws whose parts are functions of (x, t): its velocity, and its score if the path has one.
 *
 * @param process the path
 * @param parts the functions by name; {@code velocity} is among them
 */
public record PathModel(ProcessValue process, Map<String, Callable> parts) implements Callable {
    public static final String VELOCITY = "velocity";
    private static final String SCORE = "score";
    private static final SlotTable SIGNATURE = new SlotTable(
            "path_model",
            List.of(
                    new SlotTable.Slot("x", SlotTable.Fallback.REQUIRED),
                    new SlotTable.Slot("t", SlotTable.Fallback.REQUIRED)),
            List.of(),
            false);

    public PathModel {
        parts = new LinkedHashMap<>(parts);
    }

    @Override
    public Kind kind() {
        return Kind.MODEL;
    }

    @Override
    public SlotTable signature() {
        return SIGNATURE;
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return this;
    }

    @Override
    public List<ScoreSource> scoreSources() {
        return List.of(new ScoreSource(process.process(), Optional.empty()));
    }

    @Override
    public Optional<Callable> velocity() {
        return Optional.ofNullable(parts.get(VELOCITY));
    }

    @Override
    public Callable forSamples(int from, int count, int all, Tensors tensors, Span span) {
        Map<String, Callable> cut = new LinkedHashMap<>();
        parts.forEach((name, part) -> cut.put(name, part.forSamples(from, count, all, tensors, span)));
        return new PathModel(process, cut);
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        Callable score = parts.get(SCORE);
        if (score == null) {
            throw withoutScore(process, arguments.span());
        }
        return interpreter.call(score, arguments);
    }

    static RuntimeException withoutScore(ProcessValue process, Span span) {
        return Diagnostic.error(
                        "E0680",
                        span,
                        "the path " + process.process().name() + " has no noise, and so no score that a"
                                + " model could tell")
                .help(
                        "its velocity is enough for the ODE: `ode()`, `pc` with `ode_euler` or `ode_heun`; for an SDE add noise to"
                                + " the path, `+ sqrt(t*(1 - t))*noise`")
                .raise();
    }

    @Override
    public List<String> fieldNames() {
        return Stream.concat(parts.keySet().stream(), Stream.of("process")).toList();
    }

    @Override
    public @Nullable Value field(String name) {
        Callable part = parts.get(name);
        return part != null ? part : name.equals("process") ? process : Callable.super.field(name);
    }

    @Override
    public List<Value> children() {
        return Stream.<Value>concat(Stream.of(process), parts.values().stream()).toList();
    }

    @Override
    public String show() {
        return "model of the path " + process.process().name();
    }

    @Override
    public String toString() {
        return show();
    }
}
