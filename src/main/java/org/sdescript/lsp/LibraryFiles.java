package org.sdescript.lsp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.CacheFolder;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.source.Source;

/**
 * The standard library as files that an editor can open: read-only copies in the user's cache, in a folder named after
 * their content, written when an editor first asks for one.
 */
final class LibraryFiles {
    private final Path folder;

    LibraryFiles(Pipeline pipeline, Map<String, String> environment) {
        this.folder = CacheFolder.of(environment)
                .resolve("library")
                .resolve(Integer.toHexString(pipeline.libraryFiles().stream()
                        .map(program -> program.span().text())
                        .toList()
                        .hashCode()));
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
