package org.sdescript.manual;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Signature;
import org.sdescript.runtime.Theme;
import org.sdescript.source.Span;

/**
 * The entries of a script's declarations. Among the {@code ##} lines above a declaration, lines indented by four blanks
 * are its example, the others its text.
 */
public final class DeclaredEntries {
    private static final String INDENT = "    ";

    private DeclaredEntries() {}

    static List<Entry> of(Program program, Theme theme) {
        return program.statements().stream()
                .flatMap(statement -> of(statement, theme).stream())
                .toList();
    }

    private static Optional<Entry> of(Statement statement, Theme theme) {
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
    public static Entry of(Closure closure) {
        return of(closure.declaration(), Theme.SCRIPT);
    }

    public static Entry of(ProcessDeclaration process) {
        return of(process.declaration(), Theme.SCRIPT);
    }

    private static Entry of(Statement.Declaration declared, Theme theme) {
        return entry(
                declared.name(),
                theme,
                signature(declared.kind().word(), declared.name(), declared.variables(), declared.parameters()),
                declared.doc(),
                declared.nameSpan());
    }

    private static Entry of(Statement.SdeDeclaration declared, Theme theme) {
        return entry(
                declared.name(),
                theme,
                signature("sde", declared.name(), List.of(), declared.parameters()),
                declared.doc(),
                declared.nameSpan());
    }

    private static String signature(String kind, String name, List<Parameter> variables, List<Parameter> parameters) {
        return kind + " " + Signature.of(name, variables, parameters);
    }

    private static Entry entry(String name, Theme theme, String signature, Optional<String> doc, Span place) {
        return new Entry(
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
