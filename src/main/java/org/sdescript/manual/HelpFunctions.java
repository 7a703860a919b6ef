package org.sdescript.manual;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Value;

/** The function {@code help} of scripts. */
public final class HelpFunctions implements BuiltinLibrary {
    private final Supplier<Manual> manual;

    /** @param manual creates the manual on first use */
    public HelpFunctions(Supplier<Manual> manual) {
        this.manual = manual;
    }

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.of("help", Builtin.onHost(this::help));
    }

    private Value help(Call call) {
        Help help = new Help(manual.get());
        call.session().console().line(call.given("x").map(x -> about(x, help)).orElseGet(help::contents));
        return Value.None.NONE;
    }

    private static String about(Value x, Help help) {
        return switch (x) {
            case Value.Text(String name) -> help.about(name).orElseGet(() -> help.unknown(name));
            case Closure closure -> help.page(DeclaredEntries.of(closure));
            case ProcessDeclaration process -> help.page(DeclaredEntries.of(process));
            case Builtin builtin
            when builtin.owner().isEmpty() ->
                help.about(builtin.signature().name()).orElseGet(() -> help.page(DeclaredEntries.of(builtin)));
            case Builtin field -> ofKind(field.owner().orElseThrow(), help);
            default -> ofKind(x, help);
        };
    }

    /** The entry of the value's kind, such as {@code data set}. */
    private static String ofKind(Value x, Help help) {
        String kind = x.kind().word();
        Optional<String> page = help.about(kind);
        return "This is " + x.words() + "." + page.map(text -> "\n\n" + text).orElse("");
    }
}
