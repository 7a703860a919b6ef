package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.syntax.format.Formatter;

class NewCommandTest {
    @TempDir
    private Path folder;

    @Test
    void what_it_writes_runs_and_is_in_its_canonical_form() {
        Path file = folder.resolve("mine.sde");

        assertThat(Main.execute("new", folder.resolve("mine").toString())).isZero();
        assertThat(file).content().startsWith("# mine.sde: learns").contains("sde run mine.sde --steps 300");
        assertThat(Formatter.format(ScriptFile.read(file)).orThrow())
                .isEqualTo(ScriptFile.read(file).text());
        List<String> lines = Script.run(file, Map.of("steps", "3", "n", "5"));
        assertThat(lines).hasSize(2).last().asString().startsWith("energy distance to the data ");
    }

    @Test
    void it_writes_over_no_file() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.sde"), "mine");

        assertThat(Main.execute("new", file.toString())).isEqualTo(2);
        assertThat(file).hasContent("mine");
    }
}
