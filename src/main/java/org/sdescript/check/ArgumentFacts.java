package org.sdescript.check;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The known facts about an argument.
 *
 * @param number its value, if it is a known number
 * @param room the number of values it can be called with, if it is a callable with a known signature
 * @param shown its source text
 */
public record ArgumentFacts(Kind kind, OptionalDouble number, OptionalInt room, Supplier<String> shown) {}
