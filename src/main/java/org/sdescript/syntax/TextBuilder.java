package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Expression.TextPart;
import org.sdescript.ast.TextFormat;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/** Splits strings into parts: text with its escapes, and the expressions between braces, parsed in place. */
final class TextBuilder {
    /** The deepest nesting of strings inside strings. */
    private static final int DEEPEST = 8;

    private final Source source;
    private final SyntaxErrors mistakes;
    private final int depth;

    TextBuilder(Source source, SyntaxErrors mistakes, int depth) {
        this.source = source;
        this.mistakes = mistakes;
        this.depth = depth;
    }

    Expression.Text build(Span span) {
        List<TextPart> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int end = span.end() - 1;
        int at = span.start() + 1;
        while (at < end) {
            switch (source.text().charAt(at)) {
                case '\\' -> at = escape(at, literal);
                case '{' -> {
                    int close = closing(at, end);
                    flush(literal, parts);
                    interpolation(source.span(at, close + 1)).ifPresent(parts::add);
                    at = close + 1;
                }
                default -> literal.append(source.text().charAt(at++));
            }
        }
        if (parts.isEmpty() || !literal.isEmpty()) {
            parts.add(new TextPart.Literal(literal.toString()));
        }
        return new Expression.Text(parts, span);
    }

    private static void flush(StringBuilder literal, List<TextPart> parts) {
        if (!literal.isEmpty()) {
            parts.add(new TextPart.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private int escape(int at, StringBuilder literal) {
        char escaped = source.text().charAt(at + 1);
        switch (escaped) {
            case 'n' -> literal.append('\n');
            case 't' -> literal.append('\t');
            case '"', '\\', '{', '}' -> literal.append(escaped);
            case 'u' -> {
                return unicode(at, literal);
            }
            default ->
                mistakes.add(Diagnostic.error("E0104", source.span(at, at + 2), "unknown escape in a string")
                        .label("means nothing")
                        .help("the escapes are \\n \\t \\\" \\\\ \\{ and \\u{…}; a backslash itself is \\\\"));
        }
        return at + 2;
    }

    private int unicode(int at, StringBuilder literal) {
        int close = source.text().indexOf('}', at);
        boolean written = source.text().startsWith("u{", at + 1);
        String digits = written && close > 0 ? source.text().substring(at + 3, close) : "";
        if (digits.matches("[0-9a-fA-F]{1,6}") && Character.isValidCodePoint(Integer.parseInt(digits, 16))) {
            literal.appendCodePoint(Integer.parseInt(digits, 16));
            return close + 1;
        }
        int end = written ? close + 1 : at + 2;
        mistakes.add(Diagnostic.error("E0104", source.span(at, end), "this escape names no character")
                .help("write the character's hexadecimal number between braces: \\u{3b2} is β"));
        return end;
    }

    /** The index of the brace that closes the one at {@code open}; the lexer guarantees that it exists. */
    private int closing(int open, int end) {
        int at = open + 1;
        while (at < end) {
            switch (source.text().charAt(at)) {
                case '}' -> {
                    return at;
                }
                case '{' -> at = closing(at, end) + 1;
                case '"' -> at = closingQuote(at, end) + 1;
                default -> at++;
            }
        }
        return end - 1;
    }

    private int closingQuote(int open, int end) {
        int at = open + 1;
        while (at < end) {
            switch (source.text().charAt(at)) {
                case '"' -> {
                    return at;
                }
                case '\\' -> at += 2;
                case '{' -> at = closing(at, end) + 1;
                default -> at++;
            }
        }
        return end - 1;
    }

    private Optional<TextPart> interpolation(Span braces) {
        int colon = formatColon(braces);
        Span inner = source.span(braces.start() + 1, colon < 0 ? braces.end() - 1 : colon);
        String format = colon < 0
                ? ""
                : source.text().substring(colon + 1, braces.end() - 1).stripTrailing();
        if (TextFormat.read(format).isEmpty()) {
            mistakes.add(Diagnostic.error(
                            "E0432", source.span(colon + 1, braces.end() - 1), "`" + format + "` is not a format")
                    .help("formats look like `.3f`, `8.2e`, `04d`, `,`, `>10`, `*^20`"));
        }
        if (depth >= DEEPEST) {
            mistakes.add(Diagnostic.error("E0110", braces, "strings are nested too deeply")
                    .help("bind the inner text to a name first"));
            return Optional.empty();
        }
        if (inner.text().isBlank()) {
            mistakes.add(Diagnostic.error("E0105", braces, "nothing to insert between the braces")
                    .help("write an expression between them, or \\{ for a brace in the text"));
            return Optional.empty();
        }
        return Parser.interpolation(inner, mistakes, depth + 1).map(value -> new TextPart.Interpolation(value, format));
    }

    /** The index of the colon before a format: the first colon outside of brackets and strings; -1 if there is none. */
    private int formatColon(Span braces) {
        int brackets = 0;
        for (int at = braces.start() + 1; at < braces.end() - 1; at++) {
            switch (source.text().charAt(at)) {
                case '(', '[', '{' -> brackets++;
                case ')', ']', '}' -> brackets--;
                case '"' -> at = closingQuote(at, braces.end() - 1);
                case ':' -> {
                    if (brackets == 0) {
                        return at;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }
}
