package org.sdescript.check;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The known facts about an argument.
 *
 * @param constant its value, if it is a known number, string, truth value or none
 * @param room the number of values it can be called with, if it is a callable with a known signature
 * @param shown its source text
 */
public record ArgumentFacts(Kind kind, Optional<Constant> constant, OptionalInt room, Supplier<String> shown) {
    public static ArgumentFacts of(Constant value) {
        return new ArgumentFacts(value.kind(), Optional.of(value), OptionalInt.empty(), value::written);
    }
}
