package org.sdescript.workspace.script;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/** Where the standard library declares its names. */
public final class LibraryDeclarations {
    private final Map<String, Span> places = new HashMap<>();
    private final Set<Source> files;

    public LibraryDeclarations(Pipeline pipeline) {
        this.files = pipeline.libraryFiles().stream()
                .map(program -> program.span().source())
                .collect(Collectors.toSet());
        pipeline.libraryFiles().stream().map(Program::statements).forEach(all -> all.forEach(this::declare));
    }

    private void declare(Statement statement) {
        switch (statement) {
            case Statement.Declaration declared -> places.put(declared.name(), declared.nameSpan());
            case Statement.SdeDeclaration declared -> places.put(declared.name(), declared.nameSpan());
            default -> {}
        }
    }

    /** The place that declares a name. */
    public Optional<Span> place(String name) {
        return Optional.ofNullable(places.get(name));
    }

    /** True for the text of one of the library's files. */
    public boolean contains(Source source) {
        return files.contains(source);
    }
}
