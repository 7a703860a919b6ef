package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names with their values. A callable's body has one environment for all its blocks; its parent is where the callable
 * was declared. The outermost holds built-ins and the standard library, below it the script's own names.
 */
public final class Environment {
    private final Environment parent;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>(0);
    private final List<Environment> modules = new ArrayList<>(0);
    private final boolean exact;

    private Environment(Environment parent, boolean exact) {
        this.parent = parent;
        this.exact = exact;
    }

    public static Environment root() {
        return new Environment(null, false);
    }

    /** The names of a module, over those of the standard library. */
    public Environment module() {
        return new Environment(this, false);
    }

    /**
     * The names of one call.
     *
     * @param exact whether numbers are taken as exact in it, as they are where formulas are built
     */
    public Environment call(boolean exact) {
        return new Environment(this, exact);
    }

    /** Whether numbers met here become exact formulas. */
    public boolean isExact() {
        return exact;
    }

    /** Keeps another file's names alive as long as these: it is read once, however often it is imported. */
    public void keep(Environment module) {
        modules.add(module);
    }

    List<Environment> modules() {
        return modules;
    }

    public void bind(String name, Value value) {
        values.put(name, value);
        origins.remove(name);
    }

    /** Binds a name and remembers where its value comes from. */
    void bind(String name, Value value, Origin origin) {
        values.put(name, value);
        origins.put(name, origin);
    }

    /** Where the value of a name comes from, found here or further out; null where that is not known. */
    Origin origin(String name) {
        Environment holder = holder(name);
        return holder == null ? null : holder.origins.get(name);
    }

    public Value own(String name) {
        return values.get(name);
    }

    /** The value of a name here or further out, or null. */
    public Value find(String name) {
        Environment holder = holder(name);
        return holder == null ? null : holder.values.get(name);
    }

    /** The environment that a name is found in, or null. */
    public Environment holder(String name) {
        for (Environment each = this; each != null; each = each.parent) {
            if (each.values.containsKey(name)) {
                return each;
            }
        }
        return null;
    }

    public Environment parent() {
        return parent;
    }

    public Collection<Value> ownValues() {
        return values.values();
    }

    public Set<String> ownNames() {
        return values.keySet();
    }

    /** Every name that can be read here. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Environment each = this; each != null; each = each.parent) {
            names.addAll(each.values.keySet());
        }
        return names;
    }
}
