package org.sdescript.manual;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sdescript.ast.Body;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.source.Span;

/**
 * The entries of a script's declarations. Among the {@code ##} lines above a declaration, lines indented by four blanks
 * are its example, the others its text.
 */
public final class DeclaredEntries {
    private static final String INDENT = "    ";

    private DeclaredEntries() {}

    static List<ManualEntry> of(Program program, Chapter theme) {
        return program.statements().stream()
                .flatMap(statement -> of(statement, theme).stream())
                .toList();
    }

    private static Optional<ManualEntry> of(Statement statement, Chapter theme) {
        return switch (statement) {
            case Statement.Declaration declaration -> Optional.of(of(declaration, theme));
            case Statement.SdeDeclaration declaration -> Optional.of(of(declaration, theme));
            case Statement.Param param ->
                Optional.of(entry(
                        param.name(),
                        theme,
                        "param " + param.name() + " = " + param.value().span().text(),
                        param.doc(),
                        param.nameSpan()));
            default -> Optional.empty();
        };
    }

    /** The entry of a callable that a script declares. */
    public static ManualEntry of(Closure closure) {
        return of(closure.declaration(), Chapter.SCRIPT);
    }

    public static ManualEntry of(ProcessDeclaration process) {
        return of(process.declaration(), Chapter.SCRIPT);
    }

    /** The entry of a function in Java; for a field of a value, the signature alone. */
    public static ManualEntry of(Builtin function) {
        return function.declaration()
                .map(declared -> of(declared, Chapter.SCRIPT))
                .orElseGet(() -> new ManualEntry(
                        List.of(function.signature().name()),
                        Chapter.SCRIPT,
                        "fn " + function.signature(),
                        "",
                        "",
                        Optional.empty()));
    }

    private static ManualEntry of(Statement.Declaration declared, Chapter theme) {
        return entry(
                declared.name(),
                theme,
                signature(declared.kind().word(), declared.name(), variables(declared), written(declared.parameters()))
                        + declared.order()
                                .map(order -> " " + order.span().text())
                                .orElse(""),
                declared.doc(),
                declared.nameSpan());
    }

    private static ManualEntry of(Statement.SdeDeclaration declared, Chapter theme) {
        return entry(
                declared.name(),
                theme,
                signature("sde", declared.name(), "", written(declared.parameters())),
                declared.doc(),
                declared.nameSpan());
    }

    private static String signature(String kind, String name, String variables, String parameters) {
        String between = variables.isEmpty() || parameters.isEmpty() ? "" : "; ";
        return kind + " " + name + "(" + variables + between + parameters + ")";
    }

    private static String variables(Statement.Declaration declared) {
        String named = written(declared.variables());
        boolean more = declared.body() instanceof Body.Native builtin && builtin.rest();
        return more ? named + (named.isEmpty() ? "…" : ", …") : named;
    }

    private static String written(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.span().text().replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
    }

    private static ManualEntry entry(String name, Chapter theme, String signature, Optional<String> doc, Span place) {
        return new ManualEntry(
                List.of(name),
                theme,
                signature,
                lines(doc, line -> !line.startsWith(INDENT)).strip(),
                lines(doc, line -> line.startsWith(INDENT)).stripIndent(),
                Optional.of(place.source().name() + ":" + place.line()));
    }

    private static String lines(Optional<String> doc, Predicate<String> kept) {
        return doc.stream().flatMap(String::lines).filter(kept).collect(Collectors.joining("\n"));
    }
}
