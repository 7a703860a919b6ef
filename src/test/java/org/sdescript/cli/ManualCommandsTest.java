package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.manual.ErrorPages;

/** {@code sde help}, {@code sde explain} and {@code sde doc}. */
class ManualCommandsTest {
    @TempDir
    private Path folder;

    private final ErrorPages pages = new ErrorPages();

    @Test
    void help_knows_names_themes_and_commands_and_refuses_others() {
        assertThat(Main.execute("help")).isZero();
        assertThat(Main.execute("help", "langevin")).isZero();
        assertThat(Main.execute("help", "sampling")).isZero();
        assertThat(Main.execute("help", "run")).isZero();
        assertThat(Main.execute("help", "lagnevin")).isEqualTo(Main.USAGE);
        assertThat(Main.execute("help", "--web", "mine.sde")).isEqualTo(Main.USAGE);
        assertThat(Main.execute("doc", "--html", "site", "mine.sde")).isEqualTo(Main.USAGE);
    }

    @Test
    void help_looks_into_a_script_even_if_it_has_mistakes() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.sde"), "fn mine(x) = x\ny = )\n");

        assertThat(Main.execute("help", "mine", script.toString())).isZero();
        assertThat(Main.execute("help", script.toString())).isZero();
        assertThat(Main.execute("help", "mine")).isEqualTo(Main.USAGE);
        assertThat(Main.execute("help", "mine", "missing.sde")).isEqualTo(Main.SCRIPT_ERROR);
    }

    @Test
    void explain_knows_codes_in_either_case_and_refuses_others() {
        assertThat(Main.execute("explain")).isZero();
        assertThat(Main.execute("explain", "E0203", "e0301")).isZero();
        assertThat(Main.execute("explain", "E0203", "E9999")).isEqualTo(Main.USAGE);
        assertThat(pages.nearest("E0302x")).hasValue("E0302");
        assertThat(pages.list()).contains("Equations\n\n  E0203  a term without a differential");
    }

    @Test
    void a_page_in_the_terminal_is_plain_text() {
        assertThat(pages.of("E0308").orElseThrow().forTerminal()).isEqualTo("""
                        E0308: return outside of a callable

                        `return` ends the body of a `fn`, `loss`, `sampler` or other callable. A script ends with its
                        last line.

                            x = 3
                            return x

                            error[E0308]: `return` outside of a callable
                              ┌─ script.sde:2:1
                            2 │ return x
                              │ ^^^^^^^^

                            [exit 1]

                        Instead:

                            x = 3
                            print(x)""");
    }

    @Test
    void doc_writes_the_pages_to_a_folder() {
        assertThat(Main.execute("doc", "--to", folder.toString())).isZero();

        assertThat(folder.resolve("reference/sampling.md")).content().contains("## `langevin`");
        assertThat(folder.resolve("errors/E02.md")).content().contains("## E0203: ");
        assertThat(folder.resolve("errors/README.md"))
                .content()
                .contains("- [E0203](E02.md#e0203-a-term-without-a-differential)");
    }
}
