package org.sdescript.process;

import java.util.function.Supplier;

/**
 * Lazy: a value computed on first use. Two lazy values are equal if they are identical or hold equal values; comparing
 * computes both.
 */
public final class Lazy<T> {
    private Supplier<T> derivation;
    private T value;

    private Lazy(Supplier<T> derivation, T value) {
        this.derivation = derivation;
        this.value = value;
    }

    static <T> Lazy<T> of(Supplier<T> derivation) {
        return new Lazy<>(derivation, null);
    }

    static <T> Lazy<T> known(T value) {
        return new Lazy<>(null, value);
    }

    synchronized T value() {
        if (value == null) {
            value = derivation.get();
            derivation = null;
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lazy<?> its && (this == its || value().equals(its.value()));
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
