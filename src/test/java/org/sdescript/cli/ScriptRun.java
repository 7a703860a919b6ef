package org.sdescript.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/**
 * One script run as from the shell: its output, its errors, and the exit status. Folders of the machine and durations
 * are removed from the texts.
 */
record ScriptRun(String output, String errors, int status) {

    static ScriptRun of(Source source, Path file) {
        Path folder = Script.temporary();
        return of(source, file, Map.of(), folder).showing(folder, "OUT");
    }

    /** A run with options of the script; its files go to a folder. */
    static ScriptRun of(Source source, Path file, Map<String, String> options, Path folder) {
        return of(source, file, options, OutputFolders.of(folder));
    }

    static ScriptRun of(Source source, Path file, Map<String, String> options, OutputFolders folder) {
        RecordedConsole console = new RecordedConsole();
        StringWriter told = new StringWriter();
        CommandErrors errors = new CommandErrors(false, new PrintWriter(told, true));
        int status = run(source, file, options, folder, console, errors);
        String output = String.join(
                "", console.lines().stream().map(line -> line + "\n").toList());
        return new ScriptRun(
                output,
                told.toString()
                        .replace(System.lineSeparator(), "\n")
                        .replaceAll("after [-0-9.e]+ before", "after … before"),
                status);
    }

    private static int run(
            Source source,
            Path file,
            Map<String, String> options,
            OutputFolders folder,
            RecordedConsole console,
            CommandErrors errors) {
        try {
            Program program = Script.PIPELINE.program(source);
            return new Run(
                            Script.PIPELINE,
                            source,
                            program,
                            file,
                            ScriptParameters.of(options),
                            Settings.standard(),
                            folder,
                            console,
                            false)
                    .execute(errors);
        } catch (SdeError error) {
            return errors.report(error);
        }
    }

    /** Replaces the path of a folder by a name, and makes paths relative to the working directory. */
    ScriptRun showing(Path folder, String name) {
        String text = errors.replace(folder.toAbsolutePath().toString(), name)
                .replace(folder.toString(), name)
                .replace(Path.of("").toAbsolutePath() + "/", "");
        return new ScriptRun(output, text, status);
    }

    @Override
    public String toString() {
        return output + errors + "[exit " + status + "]\n";
    }
}
