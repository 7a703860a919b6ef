package org.sdescript.manual;

import java.util.Map;
import java.util.function.Supplier;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
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
        HelpPage page = call.given("x").map(help::page).orElseGet(help::contents);
        call.session().console().page(page.text(), page.markdown());
        return Value.None.NONE;
    }
}
