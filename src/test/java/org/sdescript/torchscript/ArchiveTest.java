package org.sdescript.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.files.ZipArchive;
import org.sdescript.graph.DType;

class ArchiveTest {
    private static final String METHOD = "  def run(self, x: Tensor) -> Tensor:\n    return x\n";
    private static final Attribute WEIGHT = new Attribute("weight", true, DType.FLOAT32, List.of(2L, 3L), new byte[24]);
    private static final Attribute SCALE =
            new Attribute("scale", false, DType.INT64, List.of(), new byte[] {7, 0, 0, 0, 0, 0, 0, 0});

    @TempDir
    private Path folder;

    @Test
    void a_module_without_tensors_has_its_source_two_pickles_and_a_version() throws IOException {
        ZipArchive zip = zip(Archive.of(METHOD));

        assertThat(zip.entries())
                .extracting(ZipArchive.Entry::name)
                .containsExactly(
                        "kernel/data.pkl", "kernel/code/__torch__.py", "kernel/constants.pkl", "kernel/version");
        assertThat(text(zip, 3)).isEqualTo("3\n");
        assertThat(text(zip, 1).lines().skip(Archive.headerLines()).findFirst())
                .contains(METHOD.lines().findFirst().get());
    }

    @Test
    void the_elements_of_each_tensor_are_a_file_of_their_own() throws IOException {
        ZipArchive zip = zip(module(WEIGHT, SCALE));

        assertThat(zip.entries()).extracting(ZipArchive.Entry::name).contains("kernel/data/0", "kernel/data/1");
        assertThat(zip.read(zip.entries().get(2))).isEqualTo(WEIGHT.bytes());
        assertThat(zip.read(zip.entries().get(3))).isEqualTo(SCALE.bytes());
    }

    @Test
    void a_module_has_the_same_bytes_each_time() throws IOException {
        assertThat(Archive.of(METHOD)).isEqualTo(Archive.of(METHOD));
        assertThat(module(WEIGHT)).isEqualTo(module(WEIGHT));
    }

    /** The 6 floats of the weight need a storage of 24 bytes, the whole number of the scale one of 8. */
    @Test
    void the_pickle_of_a_module_asks_for_the_storages_of_its_tensors() {
        byte[] pickle = Pickle.module(Archive.MODULE, List.of(WEIGHT, SCALE));

        assertThatCode(() -> PickleCheck.check(pickle, file -> file.equals("0") ? 24 : 8))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PickleCheck.check(pickle, file -> file.equals("0") ? 23 : 8))
                .isInstanceOf(PickleCheck.Refused.class);
        assertThatThrownBy(() -> PickleCheck.check(pickle, file -> file.equals("0") ? 24 : 7))
                .isInstanceOf(PickleCheck.Refused.class);
        assertThatThrownBy(() -> PickleCheck.check(pickle, file -> file.equals("0") ? 24 : -1))
                .isInstanceOf(PickleCheck.Refused.class);
    }

    @Test
    void an_archive_of_ours_passes_the_checks_of_foreign_ones_unchanged() throws IOException {
        byte[] bytes = module(WEIGHT, SCALE);

        assertThat(ForeignArchive.sane(Files.write(folder.resolve("m.pt"), bytes)))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return torch.load(\"secret\")  | its code/__torch__.py opens files, which a network has no need of",
                "return [*201                   | its code/__torch__.py nests too deeply",
                "return -*60x                   | its code/__torch__.py nests too deeply"
            })
    void code_that_no_network_has_is_refused(String line, String message) throws IOException {
        String code = line.contains("*201") ? "[".repeat(201) : line.contains("*60") ? "-".repeat(60) + "x" : line;
        Path file = Files.write(folder.resolve("m.pt"), Archive.of("  def f(self):\n    " + code + "\n"));

        assertThatThrownBy(() -> ForeignArchive.sane(file))
                .isInstanceOf(ZipException.class)
                .hasMessage(message);
    }

    private static byte[] module(Attribute... attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Archive.write(new ModuleSource("class Kernel(Module):\n" + METHOD, List.of(attributes)), bytes);
        return bytes.toByteArray();
    }

    private ZipArchive zip(byte[] bytes) throws IOException {
        return ZipArchive.of(Files.write(folder.resolve("kernel.pt"), bytes));
    }

    private static String text(ZipArchive zip, int entry) throws IOException {
        return new String(zip.read(zip.entries().get(entry)), StandardCharsets.UTF_8);
    }
}
