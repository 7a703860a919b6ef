package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.backend.Backend;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Output and settings of a run. */
public final class OutputFunctions implements BuiltinLibrary {

    @Override
    public Chapter theme() {
        return Chapter.OUTPUT;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("print")
                        .onHost()
                        .rest()
                        .doc("Writes its arguments on one line, separated by blanks.")
                        .example("print(\"a number:\", 0.5)  # a number: 0.5")
                        .is(OutputFunctions::print),
                Builtin.named("progress", "e")
                        .option("title", Value.text(""))
                        .wants("title", ParameterType.A_STRING)
                        .doc("The sequence e; a loop over it shows its progress.")
                        .example("for i in progress(1..3, title = \"counting\") { print(i) }\n# 1\n# 2\n# 3")
                        .is(call -> call.interpreter().watched(call.value("e"), call.text("title"), call.span())),
                Builtin.named("set")
                        .onHost()
                        .option("precision", Value.None.NONE)
                        .option("device", Value.None.NONE)
                        .option("seed", Value.None.NONE)
                        .wants("precision", ParameterType.A_STRING)
                        .wants("device", ParameterType.A_STRING)
                        .wants("seed", ParameterType.number(NumberRange.WHOLE))
                        .doc("Changes settings of the run: `precision` is \"float32\", \"float64\", \"tf32\" or"
                                + " \"bfloat16\" (float32 with less exact products of layers), `device` is \"auto\", \"cpu\" or"
                                + " \"gpu\", `seed` is a whole number. The command line has an option for each.")
                        .example("set(precision = \"float64\", seed = 1)\nprint(zeros([2]).dtype)  # float64")
                        .is(OutputFunctions::set),
                Builtin.named("metric", "name", "value")
                        .onHost()
                        .wants("name", ParameterType.A_STRING)
                        .wants("value", ParameterType.A_NUMBER)
                        .doc("Records a number under a name in run.json.")
                        .example("metric(\"energy distance\", 0.002)")
                        .is(OutputFunctions::metric),
                Builtin.named("fail", "message")
                        .wants("message", ParameterType.A_STRING)
                        .doc("Ends the script with an error that shows the message.")
                        .example("rows = [1, 2]\nif len(rows) == 0 { fail(\"no rows to learn from\") }")
                        .is(call -> {
                            throw call.error("E0470", call.text("message"));
                        }));
    }

    private static Value print(Call call) {
        call.session().console().line(call.rest().stream().map(ValueText::print).collect(Collectors.joining(" ")));
        return Value.None.NONE;
    }

    private static Value metric(Call call) {
        call.session().log().metrics().put(call.text("name"), call.number("value"));
        return Value.None.NONE;
    }

    private static Value set(Call call) {
        Settings settings = call.session().settings();
        if (call.given("precision").isPresent()) {
            settings = settings.precision(precision(call));
        }
        if (call.given("seed").isPresent()) {
            settings = settings.seed(call.seed("seed"));
        }
        if (call.given("device").isPresent() && !call.text("device").equals(settings.device())) {
            if (call.session().hasBackend()) {
                throw call.error("E0424", "the device can be set only before the first tensor");
            }
            Backend.requireDeviceName(call.text("device"));
            settings = settings.device(call.text("device"));
        }
        change(call, settings);
        if (call.given("seed").isPresent()) {
            call.session().sampling().drawAnew(call.session().settings().seed());
        }
        return Value.None.NONE;
    }

    /** Opens a GPU at once, so that a missing device is an error of this line and not of a later one. */
    private static void change(Call call, Settings settings) {
        Settings before = call.session().settings();
        call.session().change(settings);
        if (!settings.device().equals(before.device()) && settings.device().startsWith("gpu")) {
            try {
                call.session().backend();
            } catch (SdeError missing) {
                call.session().change(before);
                throw missing;
            }
        }
    }

    private static Precision precision(Call call) {
        String name = call.text("precision");
        Precision precision = Precision.named(name)
                .orElseThrow(() -> call.diagnostic("E0425", "\"" + name + "\" is not a precision")
                        .help("it is " + Precision.names("\""))
                        .raise());
        boolean changes = precision != call.session().settings().precision();
        if (changes && precision == Precision.TF32 && call.session().hasBackend()) {
            throw call.diagnostic("E0424", "tf32 can be set only before the first tensor")
                    .help("set it at the top of the script, or run with `--precision tf32`")
                    .raise();
        }
        return precision;
    }
}
