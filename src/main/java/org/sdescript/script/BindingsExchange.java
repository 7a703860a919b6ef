package org.sdescript.script;

import java.util.HashMap;
import java.util.Map;
import javax.script.Bindings;
import org.sdescript.api.SdeRun;

/**
 * Copies names between a run and the bindings of {@code javax.script}. Only changed values are copied, so that an
 * evaluation does not copy large arrays both ways.
 */
final class BindingsExchange {
    private final SdeRun run;
    private final Map<String, Object> known = new HashMap<>();

    BindingsExchange(SdeRun run) {
        this.run = run;
    }

    SdeRun run() {
        return run;
    }

    /**
     * Binds changed values in the run. Names that begin with {@code javax.script.} describe the engine and are skipped.
     */
    void take(Bindings bindings) {
        bindings.forEach((name, value) -> {
            boolean changed = !known.containsKey(name) || known.get(name) != value;
            if (changed && isName(name)) {
                run.put(name, value);
                known.put(name, value);
            }
        });
    }

    void give(Bindings bindings) {
        run.changed().forEach((name, value) -> {
            known.put(name, value);
            bindings.put(name, value);
        });
    }

    private static boolean isName(String name) {
        return name.codePoints().allMatch(Character::isUnicodeIdentifierPart)
                && Character.isUnicodeIdentifierStart(name.codePointAt(0));
    }
}
