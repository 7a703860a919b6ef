package org.sdescript.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Parameters;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/**
 * One script run as from the shell: what it prints, what the user is told when it fails, and the exit status. Folders of
 * this machine are left out of the texts, and so are durations.
 */
record ScriptRun(String output, String errors, int status) {

    static ScriptRun of(Source source, Path file) {
        RecordedConsole console = new RecordedConsole();
        StringWriter told = new StringWriter();
        Path folder = Script.temporary();
        int status = run(source, file, folder, console, new Errors(false, new PrintWriter(told, true)));
        String output = String.join(
                "", console.lines().stream().map(line -> line + "\n").toList());
        String errors = told.toString()
                .replace(System.lineSeparator(), "\n")
                .replace(folder.toAbsolutePath().toString(), "OUT")
                .replace(folder.toString(), "OUT")
                .replace(Path.of("").toAbsolutePath() + "/", "")
                .replaceAll("after [-0-9.e]+ before", "after … before");
        return new ScriptRun(output, errors, status);
    }

    private static int run(Source source, Path file, Path folder, RecordedConsole console, Errors errors) {
        try {
            Program program = Script.PIPELINE.program(source);
            return new Run(
                            Script.PIPELINE,
                            source,
                            program,
                            file,
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
