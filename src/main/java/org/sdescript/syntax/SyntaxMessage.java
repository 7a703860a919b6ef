package org.sdescript.syntax;

import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;
import org.sdescript.syntax.grammar.SdeParser;

/** Words a syntax error: the found and the expected token, and for common mistakes the correct form. */
final class SyntaxMessage {
    private final Source source;
    private final ParserRuleContext context;
    private final IntervalSet expected;
    private final Token found;
    private final Token before;
    private final Token earlier;

    SyntaxMessage(Source source, org.antlr.v4.runtime.Parser parser, RecognitionException failure) {
        this.source = source;
        this.context = parser.getContext();
        this.found = failure.getOffendingToken();
        this.expected = expected(failure);
        int index = found.getTokenIndex();
        this.before = parser.getTokenStream().get(Math.max(index - 1, 0));
        this.earlier = parser.getTokenStream().get(Math.max(index - 2, 0));
    }

    private static IntervalSet expected(RecognitionException failure) {
        IntervalSet expected = failure.getExpectedTokens();
        return expected == null ? new IntervalSet() : expected;
    }

    Diagnostic diagnostic() {
        return slip().orElseGet(this::general);
    }

    private Optional<Diagnostic> slip() {
        Diagnostic ofTry = strayTry();
        return Optional.ofNullable(
                ofTry != null
                        ? ofTry
                        : switch (found.getType()) {
                            case SdeLexer.ELSE -> strayElse();
                            case SdeLexer.ASSIGN -> strayAssign();
                            case SdeLexer.PLUS_ASSIGN,
                                    SdeLexer.MINUS_ASSIGN,
                                    SdeLexer.STAR_ASSIGN,
                                    SdeLexer.SLASH_ASSIGN -> strayUpdate();
                            case SdeLexer.COLON -> strayColon();
                            case SdeLexer.COMMA -> strayComma();
                            case SdeLexer.NEWLINE, SdeLexer.SEMICOLON, Token.EOF -> unfinished();
                            case SdeLexer.BROKEN_TEXT, SdeLexer.UNKNOWN -> null;
                            default -> strayWord();
                        });
    }

    /** A block of {@code try} that nothing follows, or a {@code catch} with parentheses around its name. */
    private @Nullable Diagnostic strayTry() {
        if (isExpected(SdeLexer.CATCH)) {
            return error("expected `catch` after the block of `try`").help("write `try { … } catch e { … }`");
        }
        return before.getType() == SdeLexer.CATCH
                ? error("expected the name of the error or a block").help("write `catch e { … }`")
                : null;
    }

    private Diagnostic error(String message) {
        return Diagnostic.error("E0101", place(), message);
    }

    private Span place() {
        return endsSentence() ? afterLast() : TokenFacts.span(source, found);
    }

    private boolean endsSentence() {
        return found.getType() == SdeLexer.NEWLINE || found.getType() == Token.EOF;
    }

    /** The visible end of the line: after its last token, not at the start of the next line. */
    private Span afterLast() {
        int end = Math.clamp(before.getStopIndex() + 1L, 0, source.text().length());
        return source.span(end, end);
    }

    private @Nullable Diagnostic strayElse() {
        boolean behindValue = TokenFacts.endsOperand(before.getType()) && before.getType() != SdeLexer.RBRACE;
        if (!isExpected(SdeLexer.ELSE) && behindValue && line(before) == line(found)) {
            return error("this `else` belongs to no `if … then …`").help("write `if c then a else b`");
        }
        return isExpected(SdeLexer.ELSE)
                ? null
                : error("this `else` belongs to no `if`").help("an `else` follows the `}` of its `if`");
    }

    private @Nullable Diagnostic strayAssign() {
        if (context instanceof SdeParser.SignatureContext) {
            return error("the default of a parameter comes before its `in`").help("write `name = default in …`");
        }
        if (TokenFacts.isBinaryOperator(earlier.getType()) && line(earlier) < line(before)) {
            return Diagnostic.error(
                            "E0101",
                            TokenFacts.span(source, earlier),
                            "expected a value after `" + earlier.getText() + "`")
                    .help("a line that ends with an operator goes on in the next one");
        }
        if (before.getType() == SdeLexer.RPAREN) {
            return error("only a name can be bound")
                    .label("the left side is a call")
                    .help("a function is declared with `fn name(x) = …`");
        }
        if (before.getType() == SdeLexer.RBRACKET || context instanceof SdeParser.EndContext) {
            return error("only a name can be bound")
                    .label("the left side is no name")
                    .help("values are not changed in place: bind the new value to a name; to compare, write `==`");
        }
        return null;
    }

    private @Nullable Diagnostic strayUpdate() {
        boolean afterElement = before.getType() == SdeLexer.RBRACKET || earlier.getType() == SdeLexer.DOT;
        return afterElement
                ? error("only a name can be changed with `" + found.getText() + "`")
                        .label("the left side is no name")
                        .help("values are not changed in place: bind the new value to a name")
                : null;
    }

    private int line(Token word) {
        return source.line(word.getStartIndex());
    }

    private @Nullable Diagnostic strayColon() {
        return isExpected(SdeLexer.LBRACE)
                ? error("a block does not start with a colon").help("write `{ … }` around the block")
                : null;
    }

    private @Nullable Diagnostic strayComma() {
        return isExpected(SdeLexer.RPAREN) && !isExpected(SdeLexer.COMMA)
                ? error("several values in parentheses are no value").help("write a list: `[a, b]`")
                : null;
    }

    private @Nullable Diagnostic unfinished() {
        if (isExpected(SdeLexer.ELSE) && !isExpected(SdeLexer.LBRACE) && !isExpected(SdeLexer.NAME)) {
            return error("this `if … then …` has no `else`").help("as a value, `if` needs both: `if c then a else b`");
        }
        return null;
    }

    private @Nullable Diagnostic strayWord() {
        Diagnostic keyword = strayKeyword();
        if (keyword != null) {
            return keyword;
        }
        boolean valueFollowsValue = TokenFacts.endsOperand(before.getType()) && startsOperand(found.getType());
        if (valueFollowsValue && inList()) {
            return error("a comma is missing before " + name(found)).label("expected `,` before this");
        }
        if (TokenFacts.isTakenName(found.getType()) && isExpected(SdeLexer.NAME) && !isExpected(SdeLexer.NUMBER)) {
            return error("`" + found.getText() + "` is a keyword, it cannot be a name");
        }
        if (context instanceof SdeParser.EndContext && valueFollowsValue) {
            return juxtaposed();
        }
        if (TokenFacts.isBinaryOperator(found.getType()) && isExpected(SdeLexer.NUMBER)) {
            return error("expected a value before `" + found.getText() + "`")
                    .help("a line goes on where it ends with an operator; it cannot start with one");
        }
        return null;
    }

    /** Python's {@code a if c else b} and {@code v in e}, and the head of a loop in C. */
    private @Nullable Diagnostic strayKeyword() {
        boolean behindValue = TokenFacts.endsOperand(before.getType());
        return switch (found.getType()) {
            case SdeLexer.IF, SdeLexer.BRANCH ->
                behindValue && !isExpected(found.getType())
                        ? error("`if` comes before its two values").help("write `if c then a else b`")
                        : null;
            case SdeLexer.IN ->
                behindValue && !isExpected(SdeLexer.IN)
                        ? error("`in` belongs to a loop, it does not compare")
                                .help("whether a list holds a value: `any([each == value for each in list])`")
                        : null;
            case SdeLexer.FOR ->
                behindValue && !isExpected(SdeLexer.FOR)
                        ? context instanceof SdeParser.RecordLiteralContext
                                ? error("a record is not built by a loop")
                                        .help(
                                                "a list of pairs is: `[[k, v] for k, v in r]`; `{a: 1}` writes a record out")
                                : error("a `for` among values needs brackets around it")
                                        .help("write `[f(v) for v in e]`, as in `sum([v^2 for v in e])`")
                        : null;
            case SdeLexer.LPAREN ->
                before.getType() == SdeLexer.FOR
                        ? error("a loop has no parentheses around its head").help("write `for i in 1..3 { … }`")
                        : null;
            default -> null;
        };
    }

    private Diagnostic juxtaposed() {
        Diagnostic error = error("expected an operator or the end of the line, found " + name(found));
        return switch (before.getType()) {
            case SdeLexer.NUMBER ->
                found.getType() == SdeLexer.NAME
                        ? error.help(ForeignNames.name(found.getText())
                                .orElse("write `" + before.getText() + "*" + found.getText() + "` for a product"))
                        : error;
            case SdeLexer.NAME -> error.help(afterName(before.getText()));
            default -> error.help("a statement has a line of its own, or `;` before it");
        };
    }

    private String afterName(String name) {
        return switch (name) {
            case "import" -> "an import names a file: `import \"other.sde\"`";
            default -> {
                boolean one = found.getType() == SdeLexer.NUMBER || found.getType() == SdeLexer.TEXT;
                yield "a call takes parentheses: `" + name + "(" + (one ? found.getText() : "…") + ")`";
            }
        };
    }

    private Diagnostic general() {
        Diagnostic error = error("expected " + wanted() + ", found " + name(found));
        if (context instanceof SdeParser.RecordLiteralContext && found.getType() == SdeLexer.TEXT) {
            return error.help("names of a record stand without quotes: `{mean: 0, std: 1}`");
        }
        if (context instanceof SdeParser.BracketsContext && found.getType() == SdeLexer.SEMICOLON) {
            return error.help("a matrix is a list of rows: `tensor([[1, 2], [3, 4]])`");
        }
        if (isExpected(SdeLexer.ELSE) && found.getText().equals("end")) {
            return error.help("as a statement, `if` has a block: `if c { … }`");
        }
        if (isExpected(SdeLexer.LBRACE) && found.getType() == SdeLexer.NAME) {
            return error.help("a block stands in braces: `{ … }`");
        }
        return endsSentence() ? error.label("expected " + wanted()) : error;
    }

    private String wanted() {
        if (context instanceof SdeParser.EndContext) {
            return "the end of the statement";
        }
        if (isExpected(SdeLexer.NUMBER)) {
            return "a value";
        }
        if (isExpected(SdeLexer.RBRACE) && isExpected(SdeLexer.NEWLINE)) {
            return "a statement";
        }
        for (int type :
                new int[] {SdeLexer.RPAREN, SdeLexer.RBRACKET, SdeLexer.LBRACE, SdeLexer.RBRACE, SdeLexer.NAME}) {
            if (isExpected(type)) {
                return display(type);
            }
        }
        return expected.isNil() ? "something else" : display(expected.getMinElement());
    }

    private static String display(int type) {
        return switch (type) {
            case SdeLexer.NAME -> "a name";
            case SdeLexer.TEXT -> "a string";
            case Token.EOF -> "the end";
            default -> {
                String literal = SdeLexer.VOCABULARY.getLiteralName(type);
                yield literal == null ? "a value" : "`" + literal.substring(1, literal.length() - 1) + "`";
            }
        };
    }

    private static String name(Token word) {
        return switch (word.getType()) {
            case SdeLexer.NEWLINE -> "the end of the line";
            case Token.EOF -> "the end";
            case SdeLexer.NUMBER -> "the number " + word.getText();
            case SdeLexer.TEXT -> "a string";
            default -> "`" + word.getText() + "`";
        };
    }

    private boolean isExpected(int type) {
        return expected.contains(type);
    }

    private boolean inList() {
        return switch (context) {
            case SdeParser.CallContext call -> true;
            case SdeParser.IndexContext index -> true;
            case SdeParser.BracketsContext list -> true;
            case SdeParser.RecordLiteralContext entries -> true;
            case SdeParser.SignatureContext signature -> true;
            default -> false;
        };
    }

    private static boolean startsOperand(int type) {
        return switch (type) {
            case SdeLexer.NAME, SdeLexer.NUMBER, SdeLexer.TEXT, SdeLexer.TRUE, SdeLexer.FALSE, SdeLexer.NONE -> true;
            default -> false;
        };
    }
}
