package org.sdescript.lsp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.syntax.Parser;

/** The scripts in the folders that the editor has open. */
final class WorkspaceScripts {
    private static final int DEEPEST = 8;
    private static final int MOST = 500;

    private volatile List<Path> folders = List.of();

    /** A script on the disk. */
    record ClosedScript(String uri, Program program) {}

    void in(List<Path> opened) {
        folders = List.copyOf(opened);
    }

    /** The scripts that are not open as texts; at most {@value #MOST}, none deeper than {@value #DEEPEST} folders. */
    Stream<ClosedScript> closed(OpenTexts texts, Cancellation stop) {
        return folders.stream()
                .flatMap(folder -> files(folder).stream())
                .limit(MOST)
                .filter(file -> texts.of(uri(file)).isEmpty())
                .flatMap(file -> {
                    stop.check();
                    return read(file).stream();
                });
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.find(
                folder,
                DEEPEST,
                (file, facts) -> facts.isRegularFile()
                        && file.toString().endsWith(".sde")
                        && !folder.relativize(file).toString().matches("(.*/)?\\..*"))) {
            return files.sorted().toList();
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    private static Optional<ClosedScript> read(Path file) {
        try {
            return Optional.of(new ClosedScript(
                    uri(file), Parser.parse(ScriptFile.read(file)).program()));
        } catch (SdeError unreadable) {
            return Optional.empty();
        }
    }

    private static String uri(Path file) {
        return file.toAbsolutePath().toUri().toString();
    }
}
