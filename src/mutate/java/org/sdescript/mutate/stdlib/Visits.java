package org.sdescript.mutate.stdlib;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The expressions and statements of the library that were evaluated since a test began. {@link ProductClasses} inserts the calls. */
public final class Visits {
    private static final Map<Object, Boolean> SEEN = new IdentityHashMap<>();
    private static TreeSet<String> places = new TreeSet<>();

    private Visits() {}

    /** Called with a node of the syntax tree before it is evaluated. */
    public static synchronized void visited(Object node) {
        if (node != null && SEEN.putIfAbsent(node, true) == null) {
            String kind = node.getClass().getSimpleName();
            if (!kind.endsWith("Declaration") && !kind.equals("Program")) {
                add(node);
            }
        }
    }

    private static void add(Object node) {
        try {
            Object span = call(node, "span");
            String file = call(call(span, "source"), "name").toString();
            if (file.startsWith("stdlib/")) {
                places.add(file + " " + call(span, "start") + " " + call(span, "end"));
            }
        } catch (NoSuchMethodException withoutPlace) {
            // an operator or another part of a node
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    static synchronized TreeSet<String> since() {
        TreeSet<String> since = places;
        places = new TreeSet<>();
        SEEN.clear();
        return since;
    }
}
