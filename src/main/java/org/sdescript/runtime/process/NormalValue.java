package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.TransitionSteps;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/**
 * A normal distribution with independent components; mean and standard deviation are numbers or tensors.
 *
 * @param prior the process prior that this law is, {@code x(1) ~ N( 0, 1 − exp(−10.05) )}; empty for a script's law
 */
public record NormalValue(Value mean, Value std, Optional<Prior> prior) implements Distribution, FieldTable.Owner {
    private static final FieldTable<NormalValue> FIELDS = FieldTable.of(
            value("mean", NormalValue::mean),
            value("std", NormalValue::std),
            value("sample", Distribution::sampler),
            method("log_prob", List.of("x"), (law, call) -> law.logProbability(call.tensor("x"), call)),
            method(
                    "score",
                    List.of("process"),
                    (law, call) ->
                            ExactScore.of(Marginals.of(law, call).score(), law, Optional.of(law.clean(call)), call)),
            method("log_density", List.of("process"), (law, call) -> Marginals.of(law, call)
                    .logDensity()));

    /** The prior of a process, the law at the start of sampling. */
    public record Prior(Gaussian law, Process process) implements Explainable {
        @Override
        public Kind kind() {
            return Kind.DISTRIBUTION;
        }

        @Override
        public String show() {
            return law.toString();
        }

        @Override
        public String latex() {
            return law.latex();
        }

        @Override
        public Explanation explanation() {
            return TransitionSteps.prior(process);
        }
    }

    public NormalValue(Value mean, Value std) {
        this(mean, std, Optional.empty());
    }

    static NormalValue of(Gaussian gaussian, Process process) {
        return new NormalValue(
                FormulaEvaluation.ofParameters(gaussian.mean().getFirst()),
                FormulaEvaluation.ofParameters(gaussian.std()),
                Optional.of(new Prior(gaussian, process)));
    }

    @Override
    public String show() {
        return prior.map(Prior::show)
                .orElseGet(() -> "normal(mean = " + ValueText.show(mean) + ", std = " + ValueText.show(std) + ")");
    }

    @Override
    public List<Value> children() {
        return List.of(mean, std);
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    /** Returns E[x(0) | x(t)] under the process of the call. */
    Callable clean(Call call) {
        return call.interpreter()
                .library("normal_clean")
                .configured(Map.of(
                        "process",
                        ProcessValue.argument(call, "process"),
                        "score",
                        Marginals.of(this, call).score(),
                        "mean",
                        mean,
                        "std",
                        std));
    }

    /** Throws if a mean or standard deviation per component does not broadcast to the samples. */
    private void requireFit(Shape samples, Tensors tensors, Span span) {
        requireFit("mean", mean, samples, tensors, span);
        requireFit("standard deviation", std, samples, tensors, span);
    }

    private static void requireFit(String what, Value value, Shape samples, Tensors tensors, Span span) {
        if (!Tensors.isTensor(value)) {
            return;
        }
        Shape its = tensors.shape(value);
        boolean fits = its.rank() <= samples.rank();
        for (int i = 1; fits && i <= its.rank(); i++) {
            long size = its.size(its.rank() - i);
            fits = size == 1 || size == samples.size(samples.rank() - i);
        }
        if (!fits) {
            throw Diagnostic.error(
                            "E0534",
                            span,
                            "the " + what + " of the distribution has shape " + its + ", and the samples are "
                                    + samples)
                    .help("give one number, or one for each component of a sample")
                    .raise();
        }
    }

    @Override
    public Shape components(Tensors tensors) {
        return Distribution.largest(Stream.of(mean, std).map(tensors::shape));
    }

    @Override
    public Value sample(Shape shape, Tensors tensors, Span span) {
        requireFit(shape, tensors, span);
        Value noise = tensors.normal(shape, span);
        Value spread = ValueArithmetic.binary(BinaryOperator.MULTIPLY, std, noise, tensors, span);
        return mean instanceof Value.Num(double centre) && centre == 0
                ? spread
                : ValueArithmetic.binary(BinaryOperator.ADD, mean, spread, tensors, span);
    }

    /** Returns the log density in nats, summed over the axes of a sample. */
    Value logProbability(Value x, Call call) {
        if (Tensors.isTensor(x)) {
            requireFit(call.tensors().shape(x), call.tensors(), call.span());
        }
        return call.interpreter().call(call.interpreter().library("normal_log_prob"), call.span(), x, mean, std);
    }
}
