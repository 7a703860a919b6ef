package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.backend.NativeCache;

/** {@code sde doctor} on a faulty machine, and the errors of a run there. */
class DoctorCommandTest {
    private static final String SCRIPT = "print(ones([2]))\n";

    @TempDir
    private Path folder;

    private Shell shell(Path cache) throws IOException {
        Files.writeString(folder.resolve("script.sde"), SCRIPT);
        return new Shell(folder, Map.of("DJL_CACHE_DIR", cache.toString()), java.util.Optional.empty());
    }

    /** The unpacked library as links, with one file cut in half. */
    private Path damaged() throws IOException {
        NativeCache whole = NativeCache.bundled().orElseThrow();
        Path copy = Files.createDirectories(folder.resolve("cache")
                .resolve("pytorch")
                .resolve(whole.folder().getFileName()));
        NativeCache.Library cut = whole.libraries().getFirst();
        for (NativeCache.Library library : whole.libraries()) {
            if (library != cut) {
                Files.createSymbolicLink(
                        copy.resolve(library.name()), whole.folder().resolve(library.name()));
            }
        }
        Files.write(copy.resolve(cut.name()), new byte[Math.toIntExact(cut.bytes() / 2)]);
        return folder.resolve("cache");
    }

    @Test
    void a_damaged_library_is_named_with_its_cure_and_not_loaded() throws IOException {
        Shell shell = shell(damaged());
        String file = NativeCache.bundled().orElseThrow().libraries().getFirst().name();

        Shell.Answer doctor = shell.sde("doctor");
        assertThat(doctor.output())
                .contains("trouble library", "is damaged: " + file, "→ delete that folder", "the engine is not tried");
        assertThat(doctor.status()).isEqualTo(Main.SCRIPT_ERROR);

        Shell.Answer run = shell.sde("run", "script.sde");
        assertThat(run.errors())
                .startsWith("error[E0901]: the PyTorch library is damaged: " + file)
                .contains("help: delete that folder");
        assertThat(run.status()).isEqualTo(Main.SCRIPT_ERROR);
    }

    /** A file in the place of the folder, because permissions do not stop root. */
    @Test
    void a_cache_that_cannot_be_written_is_named_with_its_cure() throws IOException {
        Shell shell = shell(Files.createFile(folder.resolve("file")));

        Shell.Answer doctor = shell.sde("doctor");
        assertThat(doctor.output()).contains("trouble library", "cannot be unpacked", "→ set DJL_CACHE_DIR");
        assertThat(doctor.status()).isEqualTo(Main.SCRIPT_ERROR);

        Shell.Answer run = shell.sde("run", "script.sde");
        assertThat(run.errors())
                .startsWith("error[E0901]")
                .contains("DJL_CACHE_DIR")
                .doesNotContain("\tat ");
        assertThat(run.status()).isEqualTo(Main.SCRIPT_ERROR);
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_named_with_its_cure() throws IOException {
        Files.createFile(folder.resolve("runs"));

        Shell.Answer doctor = Shell.in(folder).sde("doctor");
        assertThat(doctor.output()).contains("trouble files", "→ change to a folder of yours");
        assertThat(doctor.status()).isEqualTo(Main.SCRIPT_ERROR);
    }

    @Test
    void a_machine_that_is_well_samples() throws IOException {
        Shell.Answer doctor = Shell.in(folder).sde("doctor");

        assertThat(doctor.output())
                .contains("ok      engine", "ok      library")
                .doesNotContain("trouble");
        assertThat(doctor.status()).isZero();
    }
}
