package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path folder;

    @Test
    void a_script_without_fault_is_done() throws IOException {
        assertThat(check(script("a.sde", "print(1)"))).isZero();
    }

    @Test
    void warnings_alone_are_no_failure_of_check_or_run() throws IOException {
        Path script = script("a.sde", "x = 3\nprint(1)");

        assertThat(check(script)).isZero();
        assertThat(Main.execute(
                        "run", script.toString(), "--out", folder.resolve("out").toString()))
                .isZero();
    }

    @Test
    void an_error_in_any_file_is_a_failure() throws IOException {
        Path sound = script("a.sde", "print(1)");
        Path wrong = script("b.sde", "print(nobody)");

        assertThat(check(sound, wrong)).isEqualTo(1);
    }

    @Test
    void an_error_in_an_imported_file_is_a_failure_of_check_and_run() throws IOException {
        script("lib.sde", "fn f(x) = nobody");
        Path script = script("a.sde", "import \"lib.sde\"\nprint(1)");

        assertThat(check(script)).isEqualTo(1);
        assertThat(Main.execute(
                        "run", script.toString(), "--out", folder.resolve("out").toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void a_file_that_is_not_there_is_a_failure_and_keeps_no_other_from_being_checked() throws IOException {
        assertThat(check(folder.resolve("nowhere.sde"), script("a.sde", "print(1)")))
                .isEqualTo(1);
    }

    private Path script(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static int check(Path... scripts) {
        String[] line = new String[scripts.length + 1];
        line[0] = "check";
        for (int i = 0; i < scripts.length; i++) {
            line[i + 1] = scripts[i].toString();
        }
        return Main.execute(line);
    }
}
