package org.sdescript.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Refusal;

class OutputFoldersTest {
    @TempDir
    private Path root;

    private Path run;
    private Path shared;

    @BeforeEach
    void make() throws IOException {
        run = Files.createDirectory(root.resolve("run"));
        shared = Files.createDirectory(root.resolve("shared"));
    }

    @Test
    void a_name_lies_below_the_runs_folder() {
        OutputFolders folders = OutputFolders.of(run);

        assertThat(folders.resolve("a.png")).isEqualTo(run.resolve("a.png"));
        assertThat(folders.resolve("new/a.png")).isEqualTo(run.resolve("new/a.png"));
        assertThat(folders.resolve("new/../a.png")).isEqualTo(run.resolve("a.png"));
        assertThat(folders.resolve(run.resolve("b.png").toString())).isEqualTo(run.resolve("b.png"));
    }

    @Test
    void a_name_that_leads_outside_is_refused() {
        OutputFolders folders = OutputFolders.of(run);

        assertThatThrownBy(() -> folders.resolve("../a.png")).satisfies(Refusal.with("E0741"));
        assertThatThrownBy(() -> folders.resolve("new/../../a.png")).satisfies(Refusal.with("E0741"));
        assertThatThrownBy(() -> folders.resolve(shared.resolve("a.png").toString()))
                .satisfies(Refusal.with("E0741"));
        assertThatThrownBy(() -> folders.resolve(root.resolve("running/a").toString()))
                .satisfies(Refusal.with("E0741"));
        assertThatThrownBy(() -> folders.resolve("a\0b")).satisfies(Refusal.with("E0704"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_link_that_leads_outside_is_refused() throws IOException {
        Files.createSymbolicLink(run.resolve("link"), shared);
        Files.createSymbolicLink(run.resolve("nowhere"), root.resolve("missing/file"));
        Files.createSymbolicLink(run.resolve("inner"), Files.createDirectory(run.resolve("real")));
        OutputFolders folders = OutputFolders.of(run);

        assertThatThrownBy(() -> folders.resolve("link/a.png")).satisfies(Refusal.with("E0741"));
        assertThatThrownBy(() -> folders.resolve("nowhere")).satisfies(Refusal.with("E0741"));
        assertThat(folders.resolve("inner/a.png")).isEqualTo(run.resolve("inner/a.png"));
    }

    @Test
    void allowed_folders_may_be_named_and_are_not_the_runs_own() {
        Path file = shared.resolve("a.png");
        OutputFolders folders = OutputFolders.of(run).and(List.of(shared));

        assertThat(folders.resolve(file.toString())).isEqualTo(file);
        assertThat(folders.isInRun(file)).isFalse();
        assertThat(folders.isInRun(run.resolve("a.png"))).isTrue();
        assertThatThrownBy(() -> folders.only(List.of()).resolve(file.toString()))
                .satisfies(Refusal.with("E0741"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_default_folder_that_is_a_link_elsewhere_is_refused() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("runs"), shared);

        assertThat(OutputFolders.of(run).requireBelow(root).run()).isEqualTo(run);
        assertThat(OutputFolders.of(link).requireBelow(root).run()).isEqualTo(link);
        assertThatThrownBy(() -> OutputFolders.of(link).requireBelow(run)).satisfies(Refusal.with("E0741"));
    }
}
