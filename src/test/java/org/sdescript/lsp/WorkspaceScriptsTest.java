package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Script;

class WorkspaceScriptsTest {
    @TempDir
    private Path folder;

    private final OpenTexts texts = new OpenTexts(Script.PIPELINE, new LibraryFiles(Script.PIPELINE, Map.of()));
    private final Cancellation stop = new Cancellation(new CompletableFuture<>());
    private long now;
    private final WorkspaceScripts scripts = new WorkspaceScripts(() -> now);

    @BeforeEach
    void open() {
        scripts.in(List.of(folder));
    }

    private List<String> names() {
        return scripts.symbols(texts, stop).map(WorkspaceSymbol::getName).toList();
    }

    private Path write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @Test
    void hidden_files_and_open_texts_are_left_out() throws IOException {
        write("a/one.sde", "fn one(x) = x\n");
        write(".hidden/two.sde", "fn two(x) = x\n");
        write(".three.sde", "fn three(x) = x\n");
        Path open = write("four.sde", "fn four(x) = x\n");
        texts.open(open.toUri().toString(), 1, "fn five(x) = x\n");

        assertThat(names()).containsExactly("one");
    }

    @Test
    void the_folders_are_searched_again_after_a_while_or_when_a_file_changed() throws IOException {
        write("one.sde", "fn one(x) = x\n");
        assertThat(names()).containsExactly("one");
        write("two.sde", "fn two(x) = x\n");

        assertThat(names()).containsExactly("one");
        now += WorkspaceScripts.FRESH + 1;
        assertThat(names()).containsExactly("one", "two");
        write("zero.sde", "fn zero(x) = x\n");
        scripts.renew();
        assertThat(names()).containsExactly("one", "two", "zero");
    }

    @Test
    void a_file_is_read_again_only_after_a_change() throws IOException {
        FileTime time = FileTime.fromMillis(1_000_000);
        Path file = Files.setLastModifiedTime(write("one.sde", "fn one(x) = x\n"), time);
        assertThat(names()).containsExactly("one");

        Files.setLastModifiedTime(Files.writeString(file, "fn two(x) = x\n"), time);
        scripts.renew();
        assertThat(names()).containsExactly("one");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
        scripts.renew();
        assertThat(names()).containsExactly("two");
    }

    @Test
    void a_folder_that_cannot_be_read_hides_no_other() throws IOException {
        write("a/one.sde", "fn one(x) = x\n");
        Path closed = write("b/two.sde", "fn two(x) = x\n").getParent();
        write("c/three.sde", "fn three(x) = x\n");
        WorkspaceScripts.Search search = new WorkspaceScripts.Search(stop);
        assertThat(search.visitFileFailed(closed, new AccessDeniedException("b")))
                .isEqualTo(FileVisitResult.CONTINUE);

        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "folders are closed by permissions");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "this user reads every folder");
            assertThat(names()).containsExactly("one", "three");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
