package org.sdescript.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Refusal;

class FolderLockTest {
    @TempDir
    private Path folder;

    @Test
    void a_folder_has_one_owner_until_the_lock_is_closed() {
        FolderLock lock = FolderLock.of(folder, "").orElseThrow();

        assertThat(FolderLock.isFree(folder)).isFalse();
        assertThatThrownBy(() -> FolderLock.of(folder, "wait")).satisfies(Refusal.with("E0707"));
        lock.close();
        assertThat(FolderLock.isFree(folder)).isTrue();
        FolderLock.of(folder, "").orElseThrow().close();
    }

    @Test
    void a_refused_lock_leaves_the_owner_its_own() {
        try (FolderLock lock = FolderLock.of(folder, "").orElseThrow()) {
            assertThatThrownBy(() -> FolderLock.of(folder, "")).satisfies(Refusal.with("E0707"));
            assertThatThrownBy(() -> FolderLock.of(folder, "")).satisfies(Refusal.with("E0707"));
            assertThat(lock.isOn(folder)).isTrue();
        }
    }

    @Test
    void a_folder_is_known_by_its_real_path() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));

        try (FolderLock lock = FolderLock.of(inner, "").orElseThrow()) {
            assertThat(lock.isOn(folder.resolve("inner/../inner"))).isTrue();
            assertThat(lock.isOn(folder)).isFalse();
            assertThatThrownBy(() -> FolderLock.of(folder.resolve("inner/../inner"), ""))
                    .satisfies(Refusal.with("E0707"));
            assertThat(FolderLock.isFree(folder)).isTrue();
        }
    }

    @Test
    void a_closed_lock_leaves_no_file_and_a_left_file_is_no_lock() throws IOException {
        FolderLock.of(folder, "").orElseThrow().close();
        assertThat(folder).isEmptyDirectory();

        Files.writeString(folder.resolve(FolderLock.FILE), "123\n");
        assertThat(FolderLock.isFree(folder)).isTrue();
    }
}
