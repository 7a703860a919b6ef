package org.sdescript.runtime.builtin;

import java.util.Map;
import org.sdescript.backend.Backend;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.ErrorValue;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Output and settings of a run. */
public final class OutputFunctions implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("print", Builtin.onHost(OutputFunctions::print)),
                Map.entry("progress", call -> call.interpreter()
                        .watched(call.value("e"), call.text("title"), call.span())),
                Map.entry("set", Builtin.onHost(OutputFunctions::set)),
                Map.entry("metric", Builtin.onHost(OutputFunctions::metric)),
                Map.entry("fail", call -> {
                    throw call.value("message") instanceof ErrorValue(SdeError caught)
                            ? caught
                            : call.error("E0470", call.text("message"));
                }));
    }

    private static Value print(Call call) {
        StringBuilder line = new StringBuilder();
        boolean afterTable = false;
        for (Value value : call.rest()) {
            boolean isTable = value instanceof Tabular;
            line.append(line.isEmpty() ? "" : isTable || afterTable ? "\n" : " ")
                    .append(ValueText.print(value));
            afterTable = isTable;
        }
        call.session().console().line(line.toString());
        call.rest().stream()
                .filter(Tabular.class::isInstance)
                .forEach(value -> call.session().log().printed(((Tabular) value).table()));
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
        if (call.given("log").isPresent()) {
            settings = settings.eventFiles(true);
        }
        if (call.given("device").isPresent() && !call.text("device").equals(settings.device())) {
            if (call.session().hasBackend()) {
                throw call.error("E0424", "the device can be set only before the first tensor");
            }
            Backend.requireDeviceName(call.text("device"));
            settings = settings.device(call.text("device"));
        }
        if (call.given("cluster").isPresent()
                && !call.text("cluster").equals(settings.cluster().master())) {
            if (call.session().hasOpenCluster()) {
                throw call.error("E0424", "the cluster can be set only before its first use");
            }
            settings = settings.cluster(settings.cluster().master(call.text("cluster")));
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
        Precision precision = Precision.named(call.text("precision")).orElseThrow();
        boolean changes = precision != call.session().settings().precision();
        if (changes && precision == Precision.TF32 && call.session().hasBackend()) {
            throw call.diagnostic("E0424", "tf32 can be set only before the first tensor")
                    .help("set it at the top of the script, or run with `--precision tf32`")
                    .raise();
        }
        return precision;
    }
}
