package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Parameters;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** What a user sees of a run: what the script prints, what is told of its errors, and the exit status. */
record Transcript(String output, String errors, int status) {

    /** Runs a script whose files go to a folder. */
    static Transcript of(Path script, Map<String, String> options, Path folder) {
        RecordedConsole console = new RecordedConsole();
        StringWriter told = new StringWriter();
        Errors errors = new Errors(false, new PrintWriter(told, true));
        int status = run(script, options, folder, console, errors);
        String output = String.join(
                "", console.lines().stream().map(line -> line + "\n").toList());
        String text = told.toString().replace(System.lineSeparator(), "\n");
        assertThat(text).doesNotContain("\tat ").doesNotContain("bug in sde").doesNotContain("Exception");
        return new Transcript(output, text, status);
    }

    private static int run(
            Path script, Map<String, String> options, Path folder, RecordedConsole console, Errors errors) {
        Source source = ScriptFile.read(script);
        try {
            Program program = Script.PIPELINE.program(source);
            return new Run(
                            Script.PIPELINE,
                            source,
                            program,
                            script,
                            Parameters.of(options),
                            Settings.standard(),
                            folder,
                            console)
                    .execute(errors);
        } catch (SdeError error) {
            return errors.report(error);
        }
    }

    /** The same with every place that a folder shows replaced, and what varies from run to run left out. */
    Transcript with(Path folder, String shown) {
        String text = errors.replace(folder.toAbsolutePath().toString(), shown)
                .replace(folder.toString(), shown)
                .replace(Path.of("").toAbsolutePath() + "/", "")
                .replaceAll("after [-0-9.e]+ before", "after … before");
        return new Transcript(output, text, status);
    }

    @Override
    public String toString() {
        return output + errors + "[exit " + status + "]\n";
    }
}
