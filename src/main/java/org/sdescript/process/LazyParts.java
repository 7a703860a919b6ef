package org.sdescript.process;

/** The lazy parts of a process and its transition, for a reader and writer of their records. */
public final class LazyParts {
    private LazyParts() {}

    public static boolean isLazy(Object part) {
        return part instanceof Lazy<?>;
    }

    /** Returns the value of a lazy part, computing it if it is not known. */
    public static Object value(Object lazy) {
        return ((Lazy<?>) lazy).value();
    }

    /** Returns a lazy part with a known value. */
    public static Object known(Object value) {
        return Lazy.known(value);
    }

    /** True for a cache that the owner's other fields determine. */
    public static boolean isUnderived(Object part) {
        return part instanceof LazyField<?>;
    }

    /** Returns an empty cache. */
    public static Object underived() {
        return new LazyField<>();
    }
}
