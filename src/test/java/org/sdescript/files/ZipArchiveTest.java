package org.sdescript.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
    private static final String TEXT = "the same words ".repeat(20);

    @TempDir
    private Path folder;

    @Test
    void entries_are_listed_in_order_and_unpacked() throws IOException {
        ZipArchive zip = archive(zipped("data/x", "data/y"));

        assertThat(zip.entries()).extracting(ZipArchive.Entry::name).containsExactly("data/x", "data/y");
        assertThat(zip.entries()).allMatch(entry -> entry.size() == TEXT.length() && entry.packed() < entry.size());
        assertThat(zip.read(zip.entries().getLast()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "../x", "a/../../x", "c:x", "a\\x", "a\nx"})
    void a_name_that_leads_outside_is_refused(String name) throws IOException {
        byte[] zipped = zipped(name);

        assertThatThrownBy(() -> archive(zipped))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("not allowed");
    }

    @Test
    void a_changed_byte_differs_from_the_checksum() throws IOException {
        byte[] bytes = zipped("x");
        int packed = 30 + 1 + 5; // a packed byte, behind the local header and the name
        bytes[packed] ^= 1;
        ZipArchive zip = archive(bytes);

        assertThatThrownBy(() -> zip.read(zip.entries().getFirst()))
                .isInstanceOf(ZipException.class)
                .hasMessageStartingWith("its entry x ");
    }

    @Test
    void a_header_that_contradicts_the_directory_is_refused() throws IOException {
        byte[] bytes = zipped("x");
        bytes[30] = 'y'; // the name in the local header

        assertThatThrownBy(() -> archive(bytes)).hasMessage("its entry x is not what the directory says");
    }

    @Test
    void a_file_that_is_cut_off_is_no_archive() throws IOException {
        byte[] bytes = zipped("x");

        assertThatThrownBy(() -> archive(java.util.Arrays.copyOf(bytes, bytes.length - 1)))
                .hasMessage("it is no zip file, or cut off");
        assertThatThrownBy(() -> archive(new byte[0])).isInstanceOf(ZipException.class);
    }

    private ZipArchive archive(byte[] bytes) throws IOException {
        return ZipArchive.of(Files.write(folder.resolve("a.zip"), bytes));
    }

    private static byte[] zipped(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(TEXT.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
