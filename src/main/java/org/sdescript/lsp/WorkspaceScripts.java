package org.sdescript.lsp;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.syntax.Parser;

/**
 * The scripts in the folders that the editor has open. An editor asks for symbols at each letter of a query, so the
 * folders are searched again only after a while, and a file is read again only after it changed.
 */
final class WorkspaceScripts {
    private static final int DEEPEST = 8;
    private static final int MOST = 500;
    private static final int MOST_VISITED = 100_000;
    static final long FRESH = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier clock;
    private final Map<Path, ReadScript> read = new ConcurrentHashMap<>();
    private List<Path> folders = List.of();
    private List<FoundScript> found = List.of();
    private long foundAt;
    private boolean isFresh;

    /** A file found in a folder, with the facts that change when the file changes. */
    record FoundScript(Path file, FileTime time, long size) {}

    private record ReadScript(FoundScript file, List<WorkspaceSymbol> symbols) {}

    /** @param clock gives nanoseconds */
    WorkspaceScripts(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void in(List<Path> opened) {
        folders = List.copyOf(opened);
        isFresh = false;
    }

    /** Searches the folders again at the next request. */
    synchronized void renew() {
        isFresh = false;
    }

    /** The symbols of the scripts that are not open as texts. */
    Stream<WorkspaceSymbol> symbols(OpenTexts texts, Cancellation stop) {
        return found(stop).stream()
                .filter(script -> texts.of(script.file()).isEmpty())
                .flatMap(script -> {
                    stop.check();
                    return read.compute(script.file(), (file, before) -> read(script, before)).symbols().stream();
                });
    }

    /** At most {@value #MOST} scripts, none deeper than {@value #DEEPEST} folders. */
    private synchronized List<FoundScript> found(Cancellation stop) {
        if (!isFresh || clock.getAsLong() - foundAt > FRESH) {
            Search search = new Search(stop);
            folders.forEach(search::in);
            found = search.sorted();
            read.keySet().retainAll(found.stream().map(FoundScript::file).toList());
            foundAt = clock.getAsLong();
            isFresh = true;
        }
        return found;
    }

    private static ReadScript read(FoundScript script, @Nullable ReadScript before) {
        if (before != null && before.file().equals(script)) {
            return before;
        }
        try {
            return new ReadScript(
                    script,
                    Outline.declared(
                            Parser.parse(ScriptFile.read(script.file())).program(), uri(script.file())));
        } catch (SdeError unreadable) {
            return new ReadScript(script, List.of());
        }
    }

    private static String uri(Path file) {
        return file.toAbsolutePath().toUri().toString();
    }

    /** Collects the scripts below a folder. Hidden files and folders, and those that cannot be read, are skipped. */
    static final class Search extends SimpleFileVisitor<Path> {
        private final Cancellation stop;
        private final List<FoundScript> scripts = new ArrayList<>();
        private Path root = Path.of("");
        private int visited;

        Search(Cancellation stop) {
            this.stop = stop;
        }

        void in(Path folder) {
            root = folder;
            try {
                Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, this);
            } catch (IOException | SecurityException unreadable) {
                // what was found so far is shown
            }
        }

        List<FoundScript> sorted() {
            return scripts.stream()
                    .sorted(Comparator.comparing(FoundScript::file))
                    .toList();
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
            stop.check();
            return isHidden(folder) && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path file) {
            return file.getFileName() != null && file.getFileName().toString().startsWith(".");
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            if (facts.isRegularFile() && file.toString().endsWith(".sde") && !isHidden(file)) {
                scripts.add(new FoundScript(file, facts.lastModifiedTime(), facts.size()));
            }
            return scripts.size() < MOST && ++visited < MOST_VISITED
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }
    }
}
