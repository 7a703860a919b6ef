package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.api.NdArray;
import org.sdescript.backend.ConvolutionVerdict;
import org.sdescript.backend.NativeCache;
import org.sdescript.cli.CheckResult.Grade;

class DoctorChecksTest {
    @TempDir
    private Path folder;

    @Test
    void a_java_that_is_too_old_is_trouble() {
        assertThat(DoctorChecks.java(Runtime.Version.parse("17.0.9"), "/java").text())
                .contains("JDK 21")
                .contains("/java");
        assertThat(DoctorChecks.java(Runtime.Version.parse("21"), "/java").grade())
                .isEqualTo(Grade.GOOD);
    }

    @Test
    void a_damaged_library_is_trouble_and_its_folder_named() throws IOException {
        NativeCache cache = new NativeCache(
                folder.resolve("lib"), List.of(new NativeCache.Library("a.so", 4), new NativeCache.Library("b.so", 2)));
        assertThat(DoctorChecks.library(Optional.of(cache)).told()).startsWith("the first tensor unpacks it");

        Files.createDirectory(cache.folder());
        Files.writeString(cache.folder().resolve("a.so"), "1234");
        Files.writeString(cache.folder().resolve("b.so"), "1");
        CheckResult cut = DoctorChecks.library(Optional.of(cache));

        assertThat(cut.grade()).isEqualTo(Grade.TROUBLE);
        assertThat(cut.told()).contains(cache.folder().toString()).endsWith("damaged: b.so");
        assertThat(cut.cure()).startsWith("delete that folder");

        Files.writeString(cache.folder().resolve("b.so"), "12");
        assertThat(DoctorChecks.library(Optional.of(cache)).grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void the_library_of_this_build_is_known_with_its_sizes() {
        NativeCache cache = NativeCache.bundled().orElseThrow();

        assertThat(cache.libraries())
                .extracting(NativeCache.Library::name)
                .anyMatch(name -> name.contains("torch_cpu"));
        assertThat(cache.bytes()).isGreaterThan(100_000_000);
    }

    /** A file in the place of the folder, because permissions do not stop root. */
    @Test
    void a_library_that_cannot_be_unpacked_is_trouble() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        NativeCache cache = new NativeCache(file.resolve("lib"), List.of(new NativeCache.Library("a.so", 4)));

        assertThat(DoctorChecks.library(Optional.of(cache)).grade()).isEqualTo(Grade.TROUBLE);
        assertThat(DoctorChecks.library(Optional.of(cache)).cure()).startsWith("set DJL_CACHE_DIR");
    }

    @Test
    void a_library_without_the_space_for_it_is_trouble() {
        NativeCache cache =
                new NativeCache(folder.resolve("lib"), List.of(new NativeCache.Library("a.so", Long.MAX_VALUE)));

        assertThat(DoctorChecks.library(Optional.of(cache)).cure()).startsWith("make room");
    }

    /** A file in the place of the folder, because permissions do not stop root. */
    @Test
    void a_folder_that_cannot_be_written_to_is_trouble() throws IOException {
        assertThat(DoctorChecks.writing(folder).grade()).isEqualTo(Grade.GOOD);
        Files.createFile(folder.resolve("runs"));
        CheckResult refused = DoctorChecks.writing(folder);

        assertThat(refused.grade()).isEqualTo(Grade.TROUBLE);
        assertThat(refused.cure()).contains("--out DIR");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("runs"));
    }

    @Test
    void a_gpu_needs_the_library_that_fits_it() {
        assertThat(DoctorChecks.device(true, 0, false))
                .satisfies(finding -> assertThat(finding.grade()).isEqualTo(Grade.TROUBLE))
                .satisfies(finding -> assertThat(finding.cure()).contains("PYTORCH_FLAVOR"));
        assertThat(DoctorChecks.device(true, 0, true).cure()).contains("mvn -Pgpu clean package");
        assertThat(DoctorChecks.device(false, 0, false).cure()).contains("install the driver");
        assertThat(DoctorChecks.device(false, 0, true).grade()).isEqualTo(Grade.GOOD);
        assertThat(DoctorChecks.device(true, 2, false).told()).isEqualTo("2 GPUs");
    }

    @Test
    void little_memory_is_worth_a_word() {
        assertThat(DoctorChecks.memory(8L << 30, 1L << 29).grade()).isEqualTo(Grade.ADVICE);
        assertThat(DoctorChecks.memory(8L << 30, 4L << 30).told()).isEqualTo("8.0 GiB, 4.0 GiB of it free");
    }

    @Test
    void convolutions_that_are_wrong_are_trouble_and_mended_ones_are_told() {
        assertThat(DoctorChecks.convolutions(ConvolutionVerdict.WRONG).grade()).isEqualTo(Grade.TROUBLE);
        assertThat(DoctorChecks.convolutions(ConvolutionVerdict.RIGHT_WITHOUT_ONEDNN))
                .satisfies(finding -> assertThat(finding.grade()).isEqualTo(Grade.GOOD))
                .satisfies(finding -> assertThat(finding.told()).contains("oneDNN's convolutions are wrong"));
    }

    @Test
    void systems_without_a_library_are_trouble() {
        assertThat(DoctorChecks.platform("Linux", "amd64").grade()).isEqualTo(Grade.GOOD);
        assertThat(DoctorChecks.platform("Windows 11", "amd64").grade()).isEqualTo(Grade.GOOD);
        assertThat(DoctorChecks.platform("Mac OS X", "x86_64").grade()).isEqualTo(Grade.TROUBLE);
    }

    @Test
    void an_engine_that_computes_nonsense_is_trouble() {
        assertThat(DoctorCommand.trial(NdArray.of(new double[] {0.5}, 1), 1).grade())
                .isEqualTo(Grade.GOOD);
        assertThat(DoctorCommand.trial(NdArray.of(new double[] {Double.NaN}, 1), 1)
                        .grade())
                .isEqualTo(Grade.TROUBLE);
    }
}
