package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scope: names with their values. A callable's body has one scope for all its blocks; its parent is the scope of
 * the declaration. The outermost scope holds built-ins and the standard library; the script's own names are in the
 * scope below.
 */
public final class Environment {
    private final @Nullable Environment parent;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, ValueOrigin> origins = new HashMap<>(0);
    private final Set<String> locals = new HashSet<>(0);
    private List<Environment> modules = List.of();
    private final List<Supplier<List<Value>>> kept = new ArrayList<>(0);
    private final boolean isModule;
    private final boolean exact;

    private Environment(@Nullable Environment parent, boolean isModule, boolean exact) {
        this.parent = parent;
        this.isModule = isModule;
        this.exact = exact;
    }

    public static Environment root() {
        return new Environment(null, false, false);
    }

    /** Opens the scope of a module inside the standard library's scope, whose local names the module does not see. */
    public Environment module() {
        return new Environment(this, true, false);
    }

    /**
     * Opens the scope of one call.
     *
     * @param exact true if numbers become exact formulas in the scope, as in the lines of a process
     */
    public Environment call(boolean exact) {
        return new Environment(this, false, exact);
    }

    /** True for the scope of a module, which does not see the local names of the scope around it. */
    public boolean isModule() {
        return isModule;
    }

    /** True if numbers read in this scope become exact formulas. */
    public boolean isExact() {
        return exact;
    }

    /**
     * Keeps an imported module's scope alive as long as this scope: a module is read once, however often the module
     * is imported.
     */
    public void keep(Environment module) {
        List<Environment> more = new ArrayList<>(modules);
        more.add(module);
        modules = more;
    }

    List<Environment> modules() {
        return modules;
    }

    /** Keeps values that no name leads to alive as long as this scope; the supplier is asked at each release. */
    public void keep(Supplier<List<Value>> others) {
        kept.add(others);
    }

    Stream<Value> kept() {
        return kept.stream().flatMap(others -> others.get().stream());
    }

    public void bind(String name, Value value) {
        values.put(name, value);
        origins.remove(name);
    }

    /** Binds a name that only this module knows. */
    void bindLocal(String name, Value value) {
        bind(name, value);
        locals.add(name);
    }

    /** Returns the names that importing modules see. */
    public Set<String> exported() {
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.removeAll(locals);
        return names;
    }

    /** Binds a name and records the origin of its value. */
    void bind(String name, Value value, ValueOrigin origin) {
        values.put(name, value);
        origins.put(name, origin);
    }

    /** Returns the origin of a name's value, from the nearest scope that binds the name; null if unknown. */
    @Nullable
    ValueOrigin origin(String name) {
        Environment holder = holder(name);
        return holder == null ? null : holder.origins.get(name);
    }

    /** Returns the value that this scope itself gives a name, or null. */
    public @Nullable Value own(String name) {
        return values.get(name);
    }

    /** Returns the value that this scope itself gives a name; there is one. */
    public Value bound(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** Returns the value of a name from the nearest scope that binds the name, or null. */
    public @Nullable Value find(String name) {
        Environment holder = holder(name);
        return holder == null ? null : holder.values.get(name);
    }

    /** Returns the nearest scope that binds a name, or null. */
    public @Nullable Environment holder(String name) {
        boolean fromModule = false;
        for (Environment each = this; each != null; each = each.parent) {
            if (each.values.containsKey(name) && !(fromModule && each.locals.contains(name))) {
                return each;
            }
            fromModule |= each.isModule;
        }
        return null;
    }

    /** Returns the scope around this one; null for the outermost. */
    public @Nullable Environment parent() {
        return parent;
    }

    public Collection<Value> ownValues() {
        return values.values();
    }

    public Set<String> ownNames() {
        return values.keySet();
    }

    /** Returns every readable name. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        boolean fromModule = false;
        for (Environment each = this; each != null; each = each.parent) {
            names.addAll(fromModule ? each.exported() : each.values.keySet());
            fromModule |= each.isModule;
        }
        return names;
    }
}
