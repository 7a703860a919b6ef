package org.sdescript.learn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.OptimizerSettings;
import org.sdescript.backend.RandomStream;
import org.sdescript.check.NumberRange;
import org.sdescript.process.StochasticInterpolant;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.RunFolders;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/** {@code train} and the optimisers. */
public final class TrainingFunctions implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("train", Builtin.onHost(TrainingFunctions::train)),
                Map.entry("adam", TrainingFunctions::adam),
                Map.entry("half_life", Averaging::halfLife),
                Map.entry("power_ema", Averaging::power));
    }

    private static Value adam(Call call) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String name : List.of("learning_rate", "beta1", "beta2", "eps", "weight_decay")) {
            fields.put(name, call.value(name));
        }
        return new Value.RecordValue(fields);
    }

    private static Value train(Call call) {
        if (call.session().replica().isEmpty()
                && call.given("workers").isPresent()
                && call.session().cluster().isPresent()) {
            return together(call);
        }
        requireCluster(call);
        Value optimizer = call.given("optimizer").orElseGet(() -> library(call, "adam"));
        if (optimizer instanceof Callable rule) {
            optimizer = call.interpreter().call(rule, call.span());
        }
        if (!(optimizer instanceof Value.RecordValue(Map<String, Value> settings))) {
            throw Coercion.mismatch(optimizer, "`optimizer` of train", "an optimiser such as `adam()`", call.span());
        }
        int batch = call.integer("batch");
        Averaging averaging = Averaging.of(call, batch);
        ProcessValue given = ProcessValue.argument(call, "process");
        Optional<ProcessValue> inNoise = PathPlan.endingInNoise(call, given);
        ProcessValue process = inNoise.orElse(given);
        Optional<PathPlan> path = inNoise.isPresent() ? Optional.empty() : PathPlan.of(call, process);
        Prediction prediction = Prediction.of(call, usual(call, process));
        if (call.value("network") instanceof ConditionedModel) {
            throw call.mismatch("network", "a network, or a model without bound conditions");
        }
        if (call.value("network") instanceof ConditionedModel) {
            throw call.mismatch("network", "a network, or a model without bound conditions");
        }
        Optional<ModelValue> beginning =
                call.value("network") instanceof ModelValue model ? Optional.of(model) : Optional.empty();
        Training.Plan plan = new Training.Plan(
                beginning.map(ModelValue::untrained).orElseGet(() -> call.callable("network")),
                beginning,
                path.map(PathPlan::data).orElseGet(() -> call.value("data")),
                process,
                path,
                loss(call, path.isPresent(), prediction),
                prediction,
                setting(call, settings, "learning_rate"),
                optimizer(call, settings, averaging),
                call.integer("steps"),
                batch,
                call.integer("average"),
                call.number("drop_condition"),
                random(call),
                checkpoints(call),
                new Preview(call.integer("preview")),
                averaging,
                ValidationPlan.of(call));
        return timed(call, plan);
    }

    /** Trains by several workers of the cluster, each of which runs this call as a replica. */
    private static Value together(Call call) {
        int workers = call.integer("workers");
        // now, since replicas that start again go on from a state that is there
        checkpoints(call).setAside().ifPresent(earlier -> call.session()
                .console()
                .note("the state of an earlier training is now " + earlier));
        UnitJob job = new UnitJob(
                "train",
                call.span(),
                unit -> {
                    throw new IllegalStateException("a training of this process");
                },
                library(call, "train"),
                false,
                new Arguments(List.of(), call.arguments(), call.span()),
                Optional.empty(),
                new RandomStream(call.seed("seed")),
                0);
        Map<String, Object> about = new LinkedHashMap<>(
                Map.of("steps", call.integer("steps"), "batch", call.integer("batch"), "workers", workers));
        return call.session().log().timed("train", about, () -> {
            ModelValue model = (ModelValue)
                    call.interpreter().units().runTogether(job, workers).value();
            if (call.given("seed").isEmpty()) {
                call.session().sampling().countTraining();
            }
            about.put("steps", model.record().history().losses().size());
            about.put("parameters", model.parameters().count());
            about.put("loss", model.record().history().loss());
            return model;
        });
    }

    /** Throws if the call asks for several workers, and none has been started. */
    private static void requireCluster(Call call) {
        if (call.session().replica().isEmpty()) {
            if (call.given("workers").isPresent()) {
                throw call.diagnostic("E0816", "`workers` needs a cluster to run on")
                        .help("`set(cluster = \"local[4]\")` names the cluster; without `workers`, this machine trains")
                        .raise();
            }
            if (call.integer("average") > 1) {
                throw call.diagnostic("E0816", "`average` needs several workers, whose parameters are averaged")
                        .help("give `workers` too, or leave `average` out")
                        .raise();
            }
        }
    }

    /** Trains, and adds what came out to run.json. */
    private static Value timed(Call call, Training.Plan plan) {
        Map<String, Object> about = new LinkedHashMap<>(Map.of("steps", plan.steps(), "batch", plan.batch()));
        return call.session().log().timed("train", about, () -> {
            ModelValue model = new Training(call.interpreter(), plan, call.span()).run();
            TrainingHistory history = model.record().history();
            about.put("steps", history.losses().size());
            about.put("parameters", model.parameters().count());
            about.put("loss", history.loss());
            (plan.validation().wantsBest() ? history.best() : history.lastValidated()).ifPresent(report -> {
                about.put("validation", report.validation());
                about.put("validated", report.step());
            });
            return model;
        });
    }

    /**
     * Returns the run's stream for the first training without {@code seed}, and a split of the stream for each later
     * one.
     */
    private static RandomStream random(Call call) {
        RandomStream first = new RandomStream(call.seed("seed"));
        if (call.given("seed").isPresent()) {
            return first;
        }
        long earlier = call.session().sampling().countTraining();
        return earlier == 0 ? first : first.split(DrawPurpose.LATER_TRAININGS).split(earlier);
    }

    /** Returns what a network predicts if `predict` does not say. */
    private static String usual(Call call, ProcessValue process) {
        Optional<StochasticInterpolant> path =
                process.process().isPath() ? process.process().stated().path() : Optional.empty();
        return path.map(its -> its.hasNoise() ? Prediction.BOTH : Prediction.DRIFT)
                .orElseGet(() -> call.given("loss").isPresent() && TrainingData.takesLabels(call.callable("loss"))
                        ? Prediction.OUTPUT
                        : "noise");
    }

    private static Callable loss(Call call, boolean isPath, Prediction prediction) {
        return call.given("loss")
                .map(loss -> call.callable("loss"))
                .orElseGet(() -> isPath
                        ? library(call, "interpolation")
                                .configured(Map.of("of", Value.text(prediction.ofPath(call.span()))))
                        : library(call, "denoising"));
    }

    private static Callable library(Call call, String name) {
        return call.interpreter().library(name);
    }

    private static OptimizerSettings optimizer(Call call, Map<String, Value> settings, Averaging averaging) {
        double clip = call.number("clip");
        return new OptimizerSettings(
                number(call, settings, "beta1", NumberRange.DECAY),
                number(call, settings, "beta2", NumberRange.DECAY),
                number(call, settings, "eps", NumberRange.POSITIVE),
                number(call, settings, "weight_decay", NumberRange.NOT_NEGATIVE),
                clip > 0 ? clip : Double.POSITIVE_INFINITY,
                averaging.decays());
    }

    /** Returns a setting of the optimiser; checks the range, since the record need not come from `adam`. */
    private static double number(Call call, Map<String, Value> settings, String name, NumberRange range) {
        String what = "`" + name + "` of the optimiser";
        double number = Coercion.number(setting(call, settings, name), what, call.span());
        range.refusal(what, number, call.span()).ifPresent(refusal -> {
            throw refusal.raise();
        });
        return number;
    }

    private static Value setting(Call call, Map<String, Value> settings, String name) {
        Value value = settings.get(name);
        if (value == null) {
            throw call.diagnostic("E0805", "the optimiser has no `" + name + "`")
                    .help("`adam(learning_rate = 1e-3)` makes one")
                    .raise();
        }
        return value;
    }

    private static Checkpoints checkpoints(Call call) {
        boolean isWriter = call.session().replica().map(Replica::isFirst).orElse(true);
        RunFolders folders = call.session().folders();
        // the process that started the replicas has made and locked the folder
        Path folder = call.given("checkpoint")
                .map(name -> call.text("checkpoint"))
                .map(call.session().replica().isEmpty() ? folders::outputFolder : folders::output)
                .orElse(null);
        Path fallback = call.session().folders().output("stopped");
        if (folder == null && call.isTrue("resume")) {
            throw call.diagnostic("E0809", "`resume` has nothing to go on from without `checkpoint`")
                    .help("name the folder that the state is kept in: `checkpoint = \"model\", resume = true`")
                    .raise();
        }
        boolean resume =
                call.isTrue("resume") || folder != null && call.session().isResuming();
        return new Checkpoints(folder, fallback, new CheckpointInterval(call.integer("every")), resume, isWriter);
    }
}
