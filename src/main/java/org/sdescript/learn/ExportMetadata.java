package org.sdescript.learn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.Shape;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.DataMoments;
import org.sdescript.runtime.process.ProcessValue;

/**
 * Facts for a reader of an exported file, as texts by key. Numbers are written as Java, JavaScript and Python read them;
 * several are a JSON array.
 */
final class ExportMetadata {
    private final Map<String, String> facts = new LinkedHashMap<>();

    private ExportMetadata() {}

    static Map<String, String> of(
            Callable score, @Nullable Callable step, Optional<ProcessValue> process, Shape sample, boolean isScore) {
        ExportMetadata metadata = new ExportMetadata();
        metadata.facts.put("kind", step != null ? "step" : isScore ? "score" : "network");
        metadata.facts.put("of", score.show());
        if (step != null) {
            metadata.facts.put("step", step.show());
        }
        ExportedStates states = ExportedStates.of(process);
        metadata.facts.put("inputs", inputs(step, states) + conditions(score));
        metadata.facts.put("outputs", outputs(step, isScore, states));
        metadata.facts.put("sample_shape", sample.toString());
        process.ifPresent(its -> metadata.process(its.process()));
        data(score).ifPresent(metadata::data);
        return metadata.facts;
    }

    private static String inputs(@Nullable Callable step, ExportedStates states) {
        String samples = String.join(", ", states.names()) + ": the samples; ";
        if (step == null) {
            return samples + "t: one time for all samples, or one for each; a label: one for all, or one for each";
        }
        return samples + "t: the time; dt: the length of the step, negative towards the data;"
                + " noise: independent standard normal numbers; uniform: numbers uniform in [0, 1)"
                + (ExportedStep.remembers(step)
                        ? "; steps_before: the number of steps before this one; past_…: what the step before returned as"
                                + " next_past_…, anything of this type in the first step"
                        : "");
    }

    private static String conditions(Callable score) {
        TrainedConditions conditions = ExportedFunction.conditions(score);
        return Stream.concat(conditions.all().stream(), conditions.ofProcess().stream())
                .distinct()
                .filter(each -> !each.isLabel() && !isBound(score, each))
                .map(each -> "; " + each.name() + ": the condition of each sample, " + each.each())
                .collect(Collectors.joining());
    }

    private static boolean isBound(Callable score, TrainedCondition condition) {
        return score instanceof ConditionedModel given && given.configuration().containsKey(condition.name());
    }

    private static String outputs(@Nullable Callable step, boolean isScore, ExportedStates states) {
        if (step != null) {
            return names(states, "next") + ": the samples after the step; " + names(states, "mean")
                    + ": the same without the noise of the step";
        }
        return isScore
                ? names(states, "score") + ": the gradient of log p at t by the samples"
                : names(states, "output") + ": the result of the network";
    }

    private static String names(ExportedStates states, String result) {
        return String.join(", ", states.results(result));
    }

    private void process(Process process) {
        facts.put("process", process.name());
        facts.put("equation", process.toString());
        facts.put("t_min", Double.toString(process.tMin()));
        facts.put("t_max", Double.toString(process.tMax()));
        if (process.states().size() == 1 && process.findTransition().isKnown()) {
            prior(process.prior());
        }
    }

    /** The law that sampling starts from; unknown here if a parameter of the process is a tensor. */
    private void prior(Gaussian law) {
        if (law.parameters().findAny().isEmpty()) {
            facts.put("prior_mean", Double.toString(law.meanValues()[0]));
            facts.put("prior_std", Double.toString(Math.sqrt(law.covarianceValues()[0][0])));
        }
    }

    /** The moments of the training data, which a program needs to scale its own. */
    private void data(DataMoments moments) {
        facts.put("data_mean", Arrays.toString(moments.mean()));
        facts.put(
                "data_std",
                Arrays.toString(
                        Arrays.stream(moments.variance()).map(Math::sqrt).toArray()));
    }

    private static Optional<DataMoments> data(Callable score) {
        return switch (score) {
            case ModelValue model -> model.record().data();
            case ConditionedModel given -> given.model().record().data();
            default ->
                score.scoreSources().stream()
                        .flatMap(source -> source.data().stream())
                        .findFirst();
        };
    }
}
