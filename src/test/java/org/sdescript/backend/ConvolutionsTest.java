package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionsTest {
    private static final String LIBRARY = "2.7.1";
    private static final String PROCESSOR = "model name : A\nflags : avx\ncaches: 32K";

    @TempDir
    Path folder;

    static Stream<ConvolutionProbe> cases() {
        return ConvolutionProbe.CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void convolutions_and_their_gradients_are_exact_for_small_whole_numbers(ConvolutionProbe probe) {
        assertThat(probe.agrees(BackendFixture.backend(Execution.TORCHSCRIPT))).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void convolutions_without_oneDNN_are_exact_too() {
        Backend backend = BackendFixture.backend(Execution.TORCHSCRIPT);
        boolean before = Convolutions.hasOneDnn();
        try {
            assertThat(Convolutions.enableOneDnn(false)).isTrue();
            assertThat(Convolutions.hasOneDnn()).isFalse();
            assertThat(ConvolutionProbe.isRight(backend)).isTrue();
        } finally {
            Convolutions.enableOneDnn(before);
        }
        assertThat(Convolutions.hasOneDnn()).isEqualTo(before);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void an_open_backend_has_a_verdict_that_the_next_process_finds() {
        BackendFixture.backend();

        assertThat(Convolutions.verdict())
                .hasValueSatisfying(
                        verdict -> assertThat(verdict).isNotIn(ConvolutionVerdict.UNKNOWN, ConvolutionVerdict.WRONG))
                .isEqualTo(ConvolutionVerdict.read(
                        NativeCache.verdicts(),
                        ai.djl.engine.Engine.getInstance().getVersion(),
                        ProcessorText.read(Path.of("/"))));
    }

    @Test
    void oneDNN_is_taken_away_only_where_it_is_wrong() {
        List<String> done = new ArrayList<>();

        assertThat(ConvolutionVerdict.of(() -> true, () -> done.add("off"))).isEqualTo(ConvolutionVerdict.RIGHT);
        assertThat(done).isEmpty();
        assertThat(ConvolutionVerdict.of(() -> done.contains("off"), () -> done.add("off")))
                .isEqualTo(ConvolutionVerdict.RIGHT_WITHOUT_ONEDNN);
        assertThat(ConvolutionVerdict.of(() -> false, () -> true)).isEqualTo(ConvolutionVerdict.WRONG);
        assertThat(ConvolutionVerdict.of(() -> false, () -> false)).isEqualTo(ConvolutionVerdict.WRONG);
    }

    @Test
    void a_verdict_holds_for_its_library_and_its_processor() {
        ConvolutionVerdict.RIGHT_WITHOUT_ONEDNN.write(folder, LIBRARY, PROCESSOR);

        assertThat(ConvolutionVerdict.read(folder, LIBRARY, PROCESSOR))
                .contains(ConvolutionVerdict.RIGHT_WITHOUT_ONEDNN);
        assertThat(ConvolutionVerdict.read(folder, "2.8.0", PROCESSOR)).isEmpty();
        assertThat(ConvolutionVerdict.read(folder, LIBRARY, PROCESSOR + " 2048K"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RIGHT", "right\n", "RIGHT\n0123", "\0\n\0", "WRONGLY\n"})
    void a_damaged_verdict_is_none(String text) throws IOException {
        Files.writeString(ConvolutionVerdict.file(folder, LIBRARY, PROCESSOR), text);

        assertThat(ConvolutionVerdict.read(folder, LIBRARY, PROCESSOR)).isEmpty();
    }

    /** A file in the place of the folder, because permissions do not stop root. */
    @Test
    void a_verdict_that_cannot_be_kept_is_no_error() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        ConvolutionVerdict.RIGHT.write(file, LIBRARY, PROCESSOR);

        assertThat(ConvolutionVerdict.read(file, LIBRARY, PROCESSOR)).isEmpty();
    }

    @Test
    void a_processor_is_its_model_its_instructions_and_its_caches() throws IOException {
        Files.createDirectories(folder.resolve("proc"));
        Files.writeString(folder.resolve("proc/cpuinfo"), """
                processor\t: 0
                model name\t: A  processor
                cpu MHz\t\t: 2100.123
                flags\t\t: fpu avx

                processor\t: 1
                model name\t: another
                """);

        assertThat(ProcessorText.read(folder)).isEqualTo("model name : A processor\nflags : fpu avx\ncaches:");

        Path cache = folder.resolve("sys/devices/system/cpu/cpu0/cache");
        Files.writeString(Files.createDirectories(cache.resolve("index1")).resolve("size"), "2048K\n");
        Files.writeString(Files.createDirectories(cache.resolve("index0")).resolve("size"), "48K\n");

        assertThat(ProcessorText.read(folder)).endsWith("caches: 48K 2048K");
        assertThat(ProcessorText.read(folder.resolve("elsewhere"))).isEmpty();
    }
}
