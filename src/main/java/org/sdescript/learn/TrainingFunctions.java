package org.sdescript.learn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.OptimizerSettings;
import org.sdescript.backend.RandomStream;
import org.sdescript.check.Kind;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/** {@code train} and the optimisers. */
public final class TrainingFunctions implements BuiltinLibrary {
    @Override
    public Chapter theme() {
        return Chapter.TRAINING;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(train(), adam());
    }

    private static Builtin train() {
        return Builtin.named("train", "network", "data", "process")
                .onHost()
                .option("loss", Value.None.NONE)
                .option("predict", Value.None.NONE)
                .option("optimizer", Value.None.NONE)
                .option("steps", 10_000)
                .option("batch", 128)
                .option("ema", 0.999)
                .option("clip", 1)
                .option("seed", Value.None.NONE)
                .option("checkpoint", Value.None.NONE)
                .option("every", 1000)
                .option("resume", Value.Bool.FALSE)
                .option("preview", 0)
                .wants("network", ParameterType.A_NETWORK)
                .wants("data", ParameterType.SAMPLES.orRecord())
                .wants("process", ParameterType.PROCESS_ITSELF)
                .wants("loss", ParameterType.A_LOSS)
                .wants("steps", ParameterType.number(NumberRange.COUNT))
                .wants("batch", ParameterType.number(NumberRange.COUNT))
                .wants("ema", ParameterType.number(NumberRange.DECAY))
                .wants("clip", ParameterType.number(NumberRange.FROM_ZERO))
                .wants("seed", ParameterType.number(NumberRange.WHOLE))
                .wants("checkpoint", ParameterType.A_STRING)
                .wants("every", ParameterType.number(NumberRange.COUNT))
                .wants("resume", ParameterType.A_BOOLEAN)
                .wants("preview", ParameterType.number(NumberRange.wholeFrom(0)))
                .gives(Kind.MODEL)
                .doc("Trains a network on data noised by a process and returns a score (x, t). The default `loss`"
                        + " is denoising(), the default `optimizer` is adam(). `predict` is the meaning of the"
                        + " network's output: \"noise\" (default), \"score\", \"clean\", \"velocity\", `karras()`, or a"
                        + " function of (process, output, x, t). With \"output\", or a loss that takes labels, the"
                        + " model returns the network's output itself. `ema` averages the parameters; `clip` bounds the"
                        + " norm of the gradient (0: no bound). With `checkpoint`, a folder below the run's folder, the"
                        + " state is saved every `every` steps, and `resume` continues from it. Every `preview` steps,"
                        + " a picture of samples is written to the folder preview. The losses are written to"
                        + " metrics.jsonl. Without `seed`, the run's seed is used, and each further training of the run"
                        + " draws other numbers.")
                .example(
                        "score = train(mlp(hidden = 16), moons(64), VP(), steps = 2, batch = 16)\nprint(score.parameters, len(score.losses), score(zeros([3, 2]), 0.5).shape)  # 2482 2 [3, 2]")
                .is(TrainingFunctions::train);
    }

    private static Builtin adam() {
        return Builtin.named("adam")
                .option("learning_rate", 1e-3)
                .option("beta1", 0.9)
                .option("beta2", 0.999)
                .option("eps", 1e-8)
                .option("weight_decay", 0)
                .wants("learning_rate", ParameterType.numberOrFunction(NumberRange.NOT_NEGATIVE))
                .wants("beta1", ParameterType.number(NumberRange.DECAY))
                .wants("beta2", ParameterType.number(NumberRange.DECAY))
                .wants("eps", ParameterType.number(NumberRange.POSITIVE))
                .wants("weight_decay", ParameterType.number(NumberRange.NOT_NEGATIVE))
                .doc("The optimizer Adam (Kingma & Ba 2015); with weight_decay, AdamW (Loshchilov & Hutter 2019)."
                        + " The learning rate may be a function of the step.")
                .example(
                        "optimizer = adam(learning_rate = warmup(2e-4, 1000), weight_decay = 0.01)\nscore = train(mlp(hidden = 16), moons(64), VP(), optimizer = optimizer, steps = 2, batch = 16)")
                .is(call -> {
                    Map<String, Value> fields = new LinkedHashMap<>();
                    for (String name : List.of("learning_rate", "beta1", "beta2", "eps", "weight_decay")) {
                        fields.put(name, call.value(name));
                    }
                    return new Value.RecordValue(fields);
                });
    }

    private static Value train(Call call) {
        Value optimizer = call.given("optimizer")
                .orElseGet(() -> adam().call(call.interpreter(), org.sdescript.runtime.Arguments.of(call.span())));
        if (optimizer instanceof Callable rule) {
            optimizer = call.interpreter().call(rule, call.span());
        }
        if (!(optimizer instanceof Value.RecordValue(Map<String, Value> settings))) {
            throw Coercion.mismatch(optimizer, "`optimizer` of train", "an optimiser such as `adam()`", call.span());
        }
        Training.Plan plan = new Training.Plan(
                call.callable("network"),
                call.value("data"),
                ProcessValue.argument(call, "process"),
                loss(call),
                Prediction.of(call, TrainingData.takesLabels(loss(call)) ? Prediction.OUTPUT : "noise"),
                setting(call, settings, "learning_rate"),
                optimizer(call, settings),
                call.integer("steps"),
                call.integer("batch"),
                random(call),
                checkpoints(call),
                new Preview(call.integer("preview")));
        Map<String, Object> about = new LinkedHashMap<>(Map.of("steps", plan.steps(), "batch", plan.batch()));
        return call.session().log().timed("train", about, () -> {
            ModelValue model = new Training(call.interpreter(), plan, call.span()).run();
            about.put("parameters", model.parameters().count());
            about.put("loss", model.recentLoss());
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

    private static Callable loss(Call call) {
        return call.given("loss").map(loss -> call.callable("loss")).orElseGet(() -> library(call, "denoising"));
    }

    private static Callable library(Call call, String name) {
        return (Callable) call.interpreter().root().find(name);
    }

    private static OptimizerSettings optimizer(Call call, Map<String, Value> settings) {
        double clip = call.number("clip");
        return new OptimizerSettings(
                number(call, settings, "beta1", NumberRange.DECAY),
                number(call, settings, "beta2", NumberRange.DECAY),
                number(call, settings, "eps", NumberRange.POSITIVE),
                number(call, settings, "weight_decay", NumberRange.NOT_NEGATIVE),
                clip > 0 ? clip : Double.POSITIVE_INFINITY,
                call.number("ema"));
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
        Path folder = call.given("checkpoint")
                .map(name -> call.session().folders().outputFolder(call.text("checkpoint")))
                .orElse(null);
        Path fallback = call.session().folders().output("stopped");
        if (folder == null && call.isTrue("resume")) {
            throw call.diagnostic("E0809", "`resume` has nothing to go on from without `checkpoint`")
                    .help("name the folder that the state is kept in: `checkpoint = \"model\", resume = true`")
                    .raise();
        }
        return new Checkpoints(folder, fallback, call.integer("every"), call.isTrue("resume"));
    }
}
