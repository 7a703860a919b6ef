package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.source.Span;
import org.sdescript.workspace.script.NameTable;

/** Finds the declarations that imported files bring. */
final class Imports {
    private final OpenTexts texts;

    Imports(OpenTexts texts) {
        this.texts = texts;
    }

    /** The page of a name that an import without alias brings. */
    Optional<String> page(OpenText text, String name) {
        return page(text, List.of(name));
    }

    /** The page of a name that an import brings: the name, or alias and name. */
    Optional<String> page(OpenText text, List<String> path) {
        return files(text, path)
                .filter(program -> place(program, path.getLast()).isPresent())
                .findFirst()
                .flatMap(program -> texts.manual().with(program).page(path.getLast()));
    }

    /** The place in an imported file that binds a name: the name, or alias and name. */
    Optional<Span> place(OpenText text, List<String> path) {
        return files(text, path)
                .flatMap(program -> place(program, path.getLast()).stream())
                .findFirst();
    }

    /** The place where a file's top level binds a name. */
    private static Optional<Span> place(Program program, String name) {
        return NameTable.of(program, (callee, offset) -> Optional.empty())
                .top(name)
                .flatMap(bound -> bound.bindings().stream().findFirst());
    }

    private Stream<Program> files(OpenText text, List<String> path) {
        Optional<String> alias = path.size() == 2 ? Optional.of(path.getFirst()) : Optional.empty();
        List<Program> found = new ArrayList<>();
        if (path.size() <= 2) {
            collect(text.analysis().program(), alias, found, new HashSet<>());
        }
        return found.stream();
    }

    private void collect(Program program, Optional<String> alias, List<Program> found, Set<Path> seen) {
        for (Statement statement : program.statements()) {
            if (statement instanceof Statement.Import module
                    && module.alias().equals(alias)
                    && !module.path().isEmpty()) {
                read(module, seen).ifPresent(imported -> {
                    found.add(imported);
                    collect(imported, Optional.empty(), found, seen);
                });
            }
        }
    }

    private Optional<Program> read(Statement.Import module, Set<Path> seen) {
        Pipeline phases = texts.pipeline();
        try {
            return phases.importedProgram(module)
                    .filter(program -> seen.add(Path.of(program.span().source().name())));
        } catch (SdeError unreadable) {
            return Optional.empty();
        }
    }

    /** The file of an import statement. */
    Optional<Path> file(Statement.Import module) {
        return read(module, new HashSet<>())
                .map(program -> Path.of(program.span().source().name()));
    }
}
