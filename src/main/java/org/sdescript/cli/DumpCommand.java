package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sdescript.ast.Program;
import org.sdescript.files.OutputFolders;
import org.sdescript.interrupt.Interruption;
import org.sdescript.pipeline.Dump;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.pipeline.Stage;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sde dump --stage ast script.sde}. */
@Command(name = "dump", description = "Prints an intermediate form of a script.")
final class DumpCommand implements Callable<Integer> {

    @Mixin
    private HelpOption help = new HelpOption();

    @Option(names = "--stage", paramLabel = "STAGE", required = true, description = "One of: ${COMPLETION-CANDIDATES}.")
    private Stage stage;

    @Mixin
    private WriteOption write = new WriteOption();

    @picocli.CommandLine.Parameters(paramLabel = "SCRIPT", description = "The script.")
    private Path file;

    @Override
    public Integer call() {
        Pipeline pipeline = new Pipeline();
        Source source = ScriptFile.read(file);
        Program program = pipeline.program(source);
        if (stage == Stage.ast) {
            TerminalConsole.out().println(Dump.tree(program));
            return Main.DONE;
        }
        OutputFolders folder = write.below("dump");
        TerminalConsole terminal = new TerminalConsole(true);
        try (Session session = new Session(
                Settings.standard(), terminal, folder, file.toAbsolutePath().getParent())) {
            return StopSignals.during(session, () -> kernels(pipeline, program, session, terminal), () -> {});
        } catch (Interruption interruption) {
            return StopSignals.status();
        }
    }

    private int kernels(Pipeline pipeline, Program program, Session session, TerminalConsole terminal) {
        session.onKernel(
                (name, graph, parameters) -> terminal.line("kernel " + name + "\n" + stage.form(graph, parameters)));
        pipeline.run(program, file, ScriptParameters.of(Map.of()), session);
        return Main.DONE;
    }
}
