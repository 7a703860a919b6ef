package org.sdescript.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sdescript.check.Kind;

/** An imported file under a name: {@code import "noise.sde" as noise}. Its fields are the names that the file exports. */
public record ModuleValue(String name, Environment names) implements Value.Extension {
    @Override
    public Kind kind() {
        return Kind.MODULE;
    }

    @Override
    public @Nullable Value field(String field) {
        return names.exported().contains(field) ? names.own(field) : null;
    }

    @Override
    public List<String> fieldNames() {
        return List.copyOf(names.exported());
    }

    @Override
    public List<Value> children() {
        return List.copyOf(names.ownValues());
    }

    @Override
    public String show() {
        return "module " + name;
    }
}
