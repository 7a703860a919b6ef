package org.sdescript.ast;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.source.Span;

/** One file or one entry at the prompt. */
public record Program(List<Statement> statements, Span span) implements SyntaxNode {
    public Program {
        statements = List.copyOf(statements);
    }

    /** The declarations, imports and parameters: everything that can be known without running a statement. */
    public Program declarations() {
        return new Program(statements.stream().filter(Program::declares).toList(), span);
    }

    /** The same without the declarations that only this file knows. */
    public Program exported() {
        return new Program(
                statements.stream()
                        .filter(statement -> local(statement).findAny().isEmpty())
                        .toList(),
                span);
    }

    /** The names that only this file knows, or in the library only the library. */
    public Set<String> locals() {
        return statements.stream().flatMap(Program::local).collect(Collectors.toSet());
    }

    private static Stream<String> local(Statement statement) {
        return switch (statement) {
            case Statement.Declaration declared when declared.local() -> Stream.of(declared.name());
            case Statement.SdeDeclaration declared when declared.local() -> Stream.of(declared.name());
            default -> Stream.empty();
        };
    }

    private static boolean declares(Statement statement) {
        return switch (statement) {
            case Statement.Declaration declaration -> true;
            case Statement.SdeDeclaration process -> true;
            case Statement.Import module -> true;
            case Statement.Param parameter -> true;
            case Statement.Bind bind -> false;
            case Statement.Update update -> false;
            case Statement.Evaluate evaluate -> false;
            case Statement.If branch -> false;
            case Statement.For loop -> false;
            case Statement.While loop -> false;
            case Statement.Repeat loop -> false;
            case Statement.Try attempt -> false;
            case Statement.Return end -> false;
            case Statement.Break end -> false;
            case Statement.Continue end -> false;
        };
    }
}
