package org.sdescript.runtime.process;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sdescript.runtime.ArgumentBinding;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.DataMoments;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.SamplePart;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** The exact score of a known law under a process; holds the process and the law's moments. */
record ExactScore(Callable score, ScoreSource from, Optional<Callable> expected, Optional<Recipe> recipe)
        implements Callable {

    /**
     * Builds the score; the data moments are known if the law's means and standard deviations are numbers.
     *
     * @param law the law at t = 0
     * @param clean a callable from (x, t) to E[x(0) | x(t)], if known
     */
    static ExactScore of(Callable score, Distribution law, Optional<Callable> clean, Call call) {
        Optional<Callable> expected = clean.map(known -> call.interpreter()
                .library("exact_expected")
                .configured(Map.of("process", ProcessValue.argument(call, "process"), "score", score, "clean", known)));
        return new ExactScore(
                score,
                new ScoreSource(ProcessValue.argument(call, "process").process(), moments(law)),
                expected,
                recipe(law, call));
    }

    private static Optional<Recipe> recipe(Distribution law, Call call) {
        return Optional.of(new Recipe(law, "score", List.of(ProcessValue.argument(call, "process"))));
    }

    /** Returns the exact score of a system with a law for each data state; the process states the other starts. */
    static ExactScore of(Callable score, IndependentStates law, Call call) {
        ProcessValue process = ProcessValue.argument(call, "process");
        List<Optional<DataMoments>> each = InitialLaws.data(process.process()).stream()
                .map(state -> Optional.ofNullable(law.laws().get(state.name())).flatMap(ExactScore::moments))
                .toList();
        boolean isKnown = each.size() == law.laws().size() && each.stream().allMatch(Optional::isPresent);
        Optional<DataMoments> data = isKnown ? Optional.of(joined(each)) : Optional.empty();
        return new ExactScore(score, new ScoreSource(process.process(), data), Optional.empty(), recipe(law, call));
    }

    private static DataMoments joined(List<Optional<DataMoments>> each) {
        List<DataMoments> known = each.stream().flatMap(Optional::stream).toList();
        return new DataMoments(
                known.stream().flatMapToDouble(its -> Arrays.stream(its.mean())).toArray(),
                known.stream()
                        .flatMapToDouble(its -> Arrays.stream(its.variance()))
                        .toArray());
    }

    private static Optional<DataMoments> moments(Distribution law) {
        return switch (law) {
            case NormalValue normal
            when normal.mean() instanceof Value.Num(double mean) && normal.std() instanceof Value.Num(double std) ->
                Optional.of(new DataMoments(new double[] {mean}, new double[] {std * std}));
            case MixtureValue mixture -> mixed(mixture);
            default -> Optional.empty();
        };
    }

    private static Optional<DataMoments> mixed(MixtureValue mixture) {
        double mean = 0;
        double square = 0;
        for (int k = 0; k < mixture.parts().size(); k++) {
            Optional<DataMoments> part = moments(mixture.parts().get(k));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            double its = part.get().mean()[0];
            mean += mixture.weights().get(k) * its;
            square += mixture.weights().get(k) * (part.get().variance()[0] + its * its);
        }
        return Optional.of(new DataMoments(new double[] {mean}, new double[] {square - mean * mean}));
    }

    @Override
    public List<ScoreSource> scoreSources() {
        return List.of(from);
    }

    /** Returns the process that the score was made for. */
    @Override
    public Optional<Value> ownProcess() {
        return recipe.map(made -> made.arguments().getFirst());
    }

    @Override
    public SlotTable signature() {
        return score.signature();
    }

    @Override
    public Map<String, Value> configuration() {
        return score.configuration();
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return given.isEmpty() ? this : score.configured(given);
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        return score.invoke(interpreter, binding, arguments);
    }

    @Override
    public Callable forSamples(int from, int count, int all, Tensors tensors, org.sdescript.source.Span span) {
        Callable its = score.forSamples(from, count, all, tensors, span);
        return its == score ? this : new ExactScore(its, this.from, expected, recipe);
    }

    /** Returns the score of the same law under the process of these samples. */
    @Override
    public Callable forSamples(SamplePart part, Interpreter interpreter, org.sdescript.source.Span span) {
        Recipe made = recipe.orElseThrow();
        ProcessValue process = (ProcessValue) made.arguments().getFirst();
        ProcessValue its = process.forSamples(part, interpreter, span);
        return its == process
                ? Callable.super.forSamples(part, interpreter, span)
                : (Callable) interpreter.call(
                        (Callable) Objects.requireNonNull(made.owner().field(made.field())), span, its);
    }

    @Override
    public List<Value> children() {
        return List.of(score);
    }

    @Override
    public String show() {
        return score.show();
    }

    @Override
    public String toString() {
        return show();
    }
}
