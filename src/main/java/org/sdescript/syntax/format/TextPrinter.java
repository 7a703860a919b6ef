package org.sdescript.syntax.format;

import java.util.stream.Collectors;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Expression.TextPart;

/** Prints strings of trees without text: escapes, and expressions between braces. */
final class TextPrinter {
    private TextPrinter() {}

    static String print(Expression.Text text) {
        return text.parts().stream().map(TextPrinter::part).collect(Collectors.joining("", "\"", "\""));
    }

    static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    private static String part(TextPart part) {
        return switch (part) {
            case TextPart.Literal literal -> escaped(literal.text());
            case TextPart.Interpolation(Expression value, String format) -> {
                String inner = Typesetter.flat(new ExpressionPrinter(SourceTrivia.none()).print(value));
                yield "{" + inner + (format.isEmpty() ? "" : ":" + format) + "}";
            }
        };
    }

    private static String escaped(String text) {
        return text.codePoints().mapToObj(TextPrinter::escaped).collect(Collectors.joining());
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '{' -> "\\{";
            default ->
                Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
                        ? "\\u{" + Integer.toHexString(character) + "}"
                        : Character.toString(character);
        };
    }
}
