package org.sdescript.learn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.backend.OptimizerSettings;
import org.sdescript.files.AtomicFile;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Convert;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.Show;
import org.sdescript.runtime.Theme;
import org.sdescript.runtime.Value;

/** {@code train} and the optimisers. */
public final class TrainingFunctions implements Library {
    /** What the functions of the standard library that make a score of a network's output are called. */
    static final String PREDICTIONS = "score_from_";

    @Override
    public Theme theme() {
        return Theme.TRAINING;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(train(), adam());
    }

    private static Builtin train() {
        return Builtin.named("train", "network", "data", "process")
                .onHost()
                .option("loss", Value.None.NONE)
                .option("predict", Value.text("noise"))
                .option("optimizer", Value.None.NONE)
                .option("steps", 10_000)
                .option("batch", 128)
                .option("ema", 0.999)
                .option("clip", 1)
                .option("seed", Value.None.NONE)
                .option("checkpoint", Value.None.NONE)
                .option("every", 1000)
                .option("resume", Value.Bool.FALSE)
                .doc("Trains a network on data noised by a process; what comes back is a score (x, t). `loss` is"
                        + " denoising() and `optimizer` adam() where none is given; `predict` says what the network's"
                        + " output means: \"score\", \"noise\", \"clean\", \"velocity\" or a function of (process,"
                        + " output, x, t). `ema` averages the parameters, `clip` bounds the gradient's norm (0: no bound)."
                        + " With `checkpoint`, a folder below the run's own, the state is kept there each `every` steps,"
                        + " and `resume` goes on from it. `seed` is the run's where none is given.")
                .example(
                        "score = train(mlp(hidden = 16), moons(64), VP(), steps = 2, batch = 16)\nprint(len(score.losses), score(zeros([3, 2]), 0.5).shape)  # 2 [3, 2]")
                .is(TrainingFunctions::train);
    }

    private static Builtin adam() {
        return Builtin.named("adam")
                .option("learning_rate", 1e-3)
                .option("beta1", 0.9)
                .option("beta2", 0.999)
                .option("eps", 1e-8)
                .option("weight_decay", 0)
                .doc(
                        "Adam (Kingma & Ba 2015); with weight_decay AdamW (Loshchilov & Hutter 2019). The learning rate may"
                                + " be a function of the step.")
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
        Value optimizer = call.given("optimizer").orElseGet(() ->
                (Value) adam().call(call.interpreter(), org.sdescript.runtime.Arguments.of(call.span())));
        if (optimizer instanceof Callable rule) {
            optimizer = call.interpreter().call(rule, call.span());
        }
        if (!(optimizer instanceof Value.RecordValue(Map<String, Value> settings))) {
            throw Convert.mismatch(optimizer, "`optimizer` of train", "an optimiser such as `adam()`", call.span());
        }
        Training.Plan plan = new Training.Plan(
                call.callable("network"),
                call.value("data"),
                call.process("process"),
                call.given("loss").map(loss -> call.callable("loss")).orElseGet(() -> library(call, "denoising")),
                prediction(call),
                setting(call, settings, "learning_rate"),
                optimizer(call, settings),
                call.atLeast(1, "steps"),
                call.atLeast(1, "batch"),
                call.seed("seed"),
                checkpoints(call));
        Map<String, Object> about = new LinkedHashMap<>(Map.of("steps", plan.steps(), "batch", plan.batch()));
        return call.session().timed("train", about, () -> {
            ModelValue model = call.session().keepingWork(new Training(call.interpreter(), plan, call.span())::run);
            about.put("parameters", model.parameters().count());
            about.put("loss", model.recentLoss());
            return model;
        });
    }

    private static Callable library(Call call, String name) {
        return (Callable) call.interpreter().root().find(name);
    }

    private static Callable prediction(Call call) {
        if (call.value("predict") instanceof Callable own) {
            return own;
        }
        String name = call.text("predict");
        if (!(call.interpreter().root().find(PREDICTIONS + name) instanceof Callable known)) {
            throw call.diagnostic("E0804", "a network does not predict \"" + name + "\"")
                    .help("it predicts \"score\", \"noise\", \"clean\" or \"velocity\"")
                    .raise();
        }
        return known;
    }

    private static OptimizerSettings optimizer(Call call, Map<String, Value> settings) {
        double clip = call.number("clip");
        return new OptimizerSettings(
                decay(call, "beta1", number(call, settings, "beta1")),
                decay(call, "beta2", number(call, settings, "beta2")),
                positive(call, "eps", number(call, settings, "eps")),
                notNegative(call, "weight_decay", number(call, settings, "weight_decay")),
                clip > 0 ? clip : Double.POSITIVE_INFINITY,
                decay(call, "ema", call.number("ema")));
    }

    private static double decay(Call call, String name, double value) {
        return require(value >= 0 && value < 1, call, name, value, "at least 0 and less than 1, such as 0.999");
    }

    private static double positive(Call call, String name, double value) {
        return require(value > 0 && Double.isFinite(value), call, name, value, "greater than 0, such as 1e-8");
    }

    private static double notNegative(Call call, String name, double value) {
        return require(value >= 0 && Double.isFinite(value), call, name, value, "0 or more, such as 0.01");
    }

    private static double require(boolean holds, Call call, String name, double value, String wanted) {
        if (!holds) {
            throw call.diagnostic("E0806", "`" + name + "` is " + Show.number(value))
                    .help("it is " + wanted)
                    .raise();
        }
        return value;
    }

    private static double number(Call call, Map<String, Value> settings, String name) {
        return Convert.number(setting(call, settings, name), "`" + name + "` of the optimiser", call.span());
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
        Path folder = call.given("checkpoint").map(name -> folder(call)).orElse(null);
        Path fallback = call.session().folder().resolve("stopped");
        if (folder == null && call.flag("resume")) {
            throw call.diagnostic("E0809", "`resume` has nothing to go on from without `checkpoint`")
                    .help("name the folder that the state is kept in: `checkpoint = \"model\", resume = true`")
                    .raise();
        }
        return new Checkpoints(folder, fallback, call.atLeast(1, "every"), call.flag("resume"));
    }

    /** Below the run's folder like all that a run writes, but for a path from the root: the state of another run. */
    private static Path folder(Call call) {
        Path given = Path.of(call.text("checkpoint"));
        Path folder = given.isAbsolute() ? given : call.session().output(given.toString());
        AtomicFile.requireFolder(folder);
        return folder;
    }
}
