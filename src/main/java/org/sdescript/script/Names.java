package org.sdescript.script;

import java.util.HashMap;
import java.util.Map;
import javax.script.Bindings;
import org.sdescript.api.SdeRun;

/**
 * The names of a run as {@code javax.script} has them. Only what has changed since is copied, so that large arrays
 * do not go to and fro with each evaluation.
 */
final class Names {
    private final SdeRun run;
    private final Map<String, Object> known = new HashMap<>();

    Names(SdeRun run) {
        this.run = run;
    }

    SdeRun run() {
        return run;
    }

    /** Names that begin with {@code javax.script.} are about the engine, and no names of a script at all. */
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
