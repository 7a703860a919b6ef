package org.sdescript.check;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a call gives for a variable or parameter, as far as it is known.
 *
 * @param number its value, if it is a known number
 * @param room how many values it can be called with, if it is a callable of which that is known
 * @param shown as it is written
 */
public record Offer(Kind kind, OptionalDouble number, OptionalInt room, Supplier<String> shown) {}
