package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.Transcripts;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Parameters;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Scripts that fail: what they print before, what the user is told, and the exit status. */
class ErrorTranscriptTest {

    @TestFactory
    Stream<DynamicTest> failures_are_told_as_written_down() throws IOException {
        return Transcripts.of("errors", ErrorTranscriptTest::transcript);
    }

    private static String transcript(Path script) {
        RecordedConsole console = new RecordedConsole();
        StringWriter told = new StringWriter();
        Path folder = Script.temporary();
        int status = run(script, folder, console, new Errors(false, new PrintWriter(told, true)));
        String output = String.join(
                "", console.lines().stream().map(line -> line + "\n").toList());
        String errors = told.toString()
                .replace(System.lineSeparator(), "\n")
                .replace(folder.toAbsolutePath().toString(), "OUT")
                .replace(folder.toString(), "OUT")
                .replace(Path.of("").toAbsolutePath() + "/", "")
                .replaceAll("after [-0-9.e]+ before", "after … before");

        assertThat(errors).doesNotContain("\tat ").doesNotContain("bug in sde").doesNotContain("Exception");
        return output + errors + "[exit " + status + "]\n";
    }

    private static int run(Path script, Path folder, RecordedConsole console, Errors errors) {
        Source source = ScriptFile.read(script);
        try {
            Program program = Script.PIPELINE.program(source);
            return new Run(
                            Script.PIPELINE,
                            source,
                            program,
                            script,
                            Parameters.of(Map.of()),
                            Settings.standard(),
                            folder,
                            console)
                    .execute(errors);
        } catch (SdeError error) {
            return errors.report(error);
        }
    }
}
