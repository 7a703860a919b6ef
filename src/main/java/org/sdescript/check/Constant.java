package org.sdescript.check;

import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.Expression;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.diagnostic.PrintableText;

/** A value known before the run. */
public sealed interface Constant {

    record Number(double value) implements Constant {}

    record Text(String value) implements Constant {}

    record Bool(boolean value) implements Constant {}

    record None() implements Constant {}

    /** Evaluates an expression over known values; empty if it is no known number. */
    static Optional<Double> number(Expression expression, Map<String, Constant> known) {
        return new ConstantFolding(known).number(expression);
    }

    default Kind kind() {
        return switch (this) {
            case Number number -> Kind.NUMBER;
            case Text text -> Kind.TEXT;
            case Bool bool -> Kind.BOOLEAN;
            case None none -> Kind.NONE;
        };
    }

    /** The value as source text. */
    default String written() {
        return this instanceof Text(String value) ? PrintableText.quoted(value) : text();
    }

    /** The text that an interpolated string shows. */
    default String text() {
        return switch (this) {
            case Number(double value) -> NumberText.of(value);
            case Text(String value) -> value;
            case Bool(boolean value) -> String.valueOf(value);
            case None none -> "none";
        };
    }
}
