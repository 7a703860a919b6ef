package org.sdescript.process;

import java.util.function.Function;
import org.sdescript.diagnostic.Diagnostic;

/** The result of a derivation: a value, or the reason why there is none. */
public sealed interface Derived<T> {

    record Known<T>(T value) implements Derived<T> {}

    record Absent<T>(Diagnostic reason) implements Derived<T> {}

    /** Returns the value; throws the reason if there is none. */
    default T required() {
        return switch (this) {
            case Known<T>(T value) -> value;
            case Absent<T>(Diagnostic reason) -> throw reason.raise();
        };
    }

    default boolean isKnown() {
        return this instanceof Known<T>;
    }

    default <R> Derived<R> map(Function<T, R> next) {
        return then(value -> new Known<>(next.apply(value)));
    }

    /** Continues with a derivation from the value. */
    default <R> Derived<R> then(Function<T, Derived<R>> next) {
        return switch (this) {
            case Known<T>(T value) -> next.apply(value);
            case Absent<T>(Diagnostic reason) -> new Absent<>(reason);
        };
    }
}
