package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sde derive}: its arguments and exit statuses. */
class DeriveCommandTest {
    @TempDir
    private Path folder;

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("p.sde"), text);
    }

    private static int derive(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "derive";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.execute(all);
    }

    @Test
    void all_processes_or_one_in_any_form() throws IOException {
        String script = script(
                        "sde Pull(k = 2) {\n  dx = -k*x dt + dw\n}\nsde Grow() {\n  dx = x dt + x dw\n}\nprint(nowhere)\n")
                .toString();

        assertThat(derive(script)).isEqualTo(Main.SCRIPT_ERROR);
        Files.writeString(
                Path.of(script),
                "sde Pull(k = 2) {\n  dx = -k*x dt + dw\n}\nsde Grow() {\n  dx = x dt + x dw\n}\nfail(\"run\")\n");
        assertThat(derive(script)).isZero();
        assertThat(derive(script, "Grow")).isZero();
        assertThat(derive(script, "Grow", "--latex")).isZero();
        assertThat(derive("--json", script)).isZero();
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void one_form_at_a_time() throws IOException {
        String script = script("sde Pull() {\n  dx = -x dt + dw\n}\n").toString();

        assertThat(derive(script, "--latex", "--json")).isEqualTo(Main.USAGE);
        assertThat(derive(script, "--pdf")).isEqualTo(Main.USAGE);
        assertThat(derive()).isEqualTo(Main.USAGE);
    }

    @Test
    void an_unknown_name_and_a_script_without_processes_are_misuse() throws IOException {
        assertThat(derive(script("sde Pull() {\n  dx = -x dt + dw\n}\n").toString(), "Pul"))
                .isEqualTo(Main.USAGE);
        assertThat(derive(script("print(1)\n").toString())).isEqualTo(Main.USAGE);
    }

    @Test
    void mistakes_of_the_script_are_its_own() throws IOException {
        assertThat(derive(folder.resolve("missing.sde").toString())).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(derive(script("sde Pull( {\n").toString())).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(derive(script("sde Pull(k) {\n  dx = -k*x dt + dw\n}\n").toString()))
                .isEqualTo(Main.SCRIPT_ERROR);
    }
}
