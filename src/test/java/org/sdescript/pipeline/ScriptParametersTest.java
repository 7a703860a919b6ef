package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;

class ScriptParametersTest {
    @TempDir
    private Path folder;

    private final Pipeline pipeline = new Pipeline();
    private final RecordedConsole console = new RecordedConsole();
    private Path script;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("shared.sde"), "param rate = 3\nparam sizes = [1, 2]\n");
        Files.writeString(folder.resolve("apart.sde"), "param rate = 10\nparam depth = 2\n");
        script = Files.writeString(folder.resolve("script.sde"), """
                import "shared.sde"
                import "apart.sde" as other
                param steps = 1
                print(steps, rate, sizes, other.rate, other.depth)
                """);
    }

    @Test
    void parameters_of_files_imported_without_a_name_are_options_of_the_script() {
        assertThat(ScriptParameters.declared(pipeline.program(ScriptFile.read(script)), script))
                .extracting(Statement.Param::name)
                .containsExactly("steps", "rate", "sizes");
    }

    @Test
    void an_option_reaches_the_imported_file_but_none_that_is_imported_under_a_name() {
        run(Map.of("rate", "7", "sizes", "[4, 5]"));
        assertThat(console.lines()).containsExactly("1 7 [4, 5] 10 2");
    }

    @Test
    void parameters_behind_a_name_are_no_options() {
        assertThatThrownBy(() -> run(Map.of("depth", "5"))).hasMessageContaining("no parameter --depth");
    }

    private void run(Map<String, String> given) {
        Program program = pipeline.program(ScriptFile.read(script));
        try (Session session = new Session(Settings.standard(), console, folder, folder)) {
            pipeline.run(program, script, ScriptParameters.of(given), session);
        }
    }
}
