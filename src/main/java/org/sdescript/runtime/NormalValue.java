package org.sdescript.runtime;

import java.util.List;
import java.util.Optional;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.process.Explanation;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.TransitionSteps;
import org.sdescript.source.Span;

/**
 * The normal distribution, independent in every component; mean and standard deviation are numbers or tensors.
 *
 * @param prior what it is the prior of, {@code x(1) ~ N( 0, 1 − exp(−10.05) )}; absent where a script made it
 */
public record NormalValue(Value mean, Value std, Optional<Prior> prior) implements Distribution {
    private static final List<String> FIELDS = List.of("mean", "std", "sample", "log_prob", "score");

    /** The law that a process is sampled from. */
    public record Prior(Gaussian law, Process process) implements Derived {
        @Override
        public String kind() {
            return "a distribution";
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
                Value.number(gaussian.meanValue()),
                Value.number(gaussian.stdValue()),
                Optional.of(new Prior(gaussian, process)));
    }

    @Override
    public String show() {
        return prior.map(Prior::show)
                .orElseGet(() -> "normal(mean = " + Show.show(mean) + ", std = " + Show.show(std) + ")");
    }

    @Override
    public List<String> fieldNames() {
        return FIELDS;
    }

    @Override
    public List<Value> children() {
        return List.of(mean, std);
    }

    @Override
    public Value field(String name) {
        return switch (name) {
            case "mean" -> mean;
            case "std" -> std;
            case "sample" ->
                Builtin.named("sample", "shape").is(call -> sample(call.shape("shape"), call.tensors(), call.span()));
            case "log_prob" -> Builtin.named("log_prob", "x").is(this::logProbability);
            case "score" -> Builtin.named("score", "process").is(this::score);
            default -> null;
        };
    }

    /** Refuses samples that a mean or a spread with a value for each component does not belong to. */
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
    public Value sample(Shape shape, Tensors tensors, Span span) {
        requireFit(shape, tensors, span);
        Value noise = tensors.normal(shape, span);
        Value spread = Arithmetic.binary(BinaryOperator.MULTIPLY, std, noise, tensors, span);
        return mean instanceof Value.Num(double centre) && centre == 0
                ? spread
                : Arithmetic.binary(BinaryOperator.ADD, mean, spread, tensors, span);
    }

    /** Summed over the axes of a sample, in nats. */
    private Value logProbability(Call call) {
        if (Tensors.isTensor(call.value("x"))) {
            requireFit(call.tensors().shape(call.tensor("x")), call.tensors(), call.span());
        }
        return call.interpreter()
                .call(
                        (Callable) call.interpreter().root().find("normal_log_prob"),
                        call.span(),
                        call.tensor("x"),
                        mean,
                        std);
    }

    /** The exact score of the marginals that data of this distribution has under a linear process. */
    private Value score(Call call) {
        return call.interpreter()
                .call(
                        (Callable) call.interpreter().root().find("normal_score"),
                        call.span(),
                        call.value("process"),
                        mean,
                        std);
    }
}
