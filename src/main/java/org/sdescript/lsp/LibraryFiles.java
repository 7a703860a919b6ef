package org.sdescript.lsp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.CacheFolder;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * The standard library as files that an editor can open: read-only copies in the user's cache, in a folder named after
 * their content, written when an editor first asks for one.
 */
final class LibraryFiles {
    private final Path folder;
    private final Map<String, Span> declarations = new HashMap<>();

    LibraryFiles(Pipeline pipeline, Map<String, String> environment) {
        this.folder = CacheFolder.of(environment)
                .resolve("library")
                .resolve(Integer.toHexString(pipeline.libraryFiles().stream()
                        .map(program -> program.span().text())
                        .toList()
                        .hashCode()));
        pipeline.libraryFiles().stream().map(Program::statements).forEach(all -> all.forEach(this::declare));
    }

    private void declare(Statement statement) {
        switch (statement) {
            case Statement.Declaration declared -> declarations.put(declared.name(), declared.nameSpan());
            case Statement.SdeDeclaration declared -> declarations.put(declared.name(), declared.nameSpan());
            default -> {}
        }
    }

    /** The place that declares a name of the library. */
    Optional<Span> declaration(String name) {
        return Optional.ofNullable(declarations.get(name));
    }

    Map<String, Span> declarations() {
        return declarations;
    }

    boolean contains(Path file) {
        return file.toAbsolutePath().normalize().startsWith(folder);
    }

    /** The file of a source of the library; writes the file if it is missing. */
    Path file(Source source) {
        Path file = folder.resolve(source.name());
        if (!Files.exists(file)) {
            AtomicFile.requireFolder(file.resolveSibling(""));
            AtomicFile.write(file, source.text());
            file.toFile().setReadOnly();
        }
        return file;
    }
}
