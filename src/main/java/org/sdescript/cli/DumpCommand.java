package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sdescript.ast.Program;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Passes;
import org.sdescript.pipeline.Dump;
import org.sdescript.pipeline.Parameters;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Interruption;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.torchscript.ScriptWriter;
import org.sdescript.torchscript.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sde dump --stage ast script.sde}. */
@Command(name = "dump", description = "Prints what a script becomes on its way.")
final class DumpCommand implements Callable<Integer> {

    /** The forms a script takes. */
    enum Stage {
        /** The tree of the text. */
        ast,
        /** The kernels as they are traced. */
        graph,
        /** The kernels after each pass before they are compiled. */
        passes,
        /** The kernels as the engine is given them. */
        torchscript
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Option(names = "--stage", required = true, description = "One of: ${COMPLETION-CANDIDATES}.")
    private Stage stage;

    @picocli.CommandLine.Parameters(paramLabel = "SCRIPT", description = "The script.")
    private Path file;

    @Override
    public Integer call() {
        Pipeline pipeline = new Pipeline();
        Source source = ScriptFile.read(file);
        Program program = pipeline.program(source);
        if (stage == Stage.ast) {
            Terminal.out().println(Dump.tree(program));
            return Main.DONE;
        }
        Path folder = Path.of("runs", "dump");
        Terminal terminal = new Terminal(true);
        try (Session session = new Session(
                Settings.standard(), terminal, folder, file.toAbsolutePath().getParent())) {
            return Interrupts.during(session, () -> kernels(pipeline, program, session, terminal), () -> {});
        } catch (Interruption interruption) {
            return Main.INTERRUPTED;
        }
    }

    private String form(Graph graph, ParameterInputs parameters) {
        return switch (stage) {
            case ast -> throw new IllegalStateException("no kernels are run for the tree");
            case graph -> graph.dump();
            case passes -> afterEach(graph);
            case torchscript ->
                ScriptWriter.run(Passes.optimise(graph), parameters.places(), parameters.count(), Target.CPU)
                        .methods();
        };
    }

    private static String afterEach(Graph graph) {
        StringBuilder text = new StringBuilder(graph.dump());
        Graph result = graph;
        for (Passes.Pass pass : Passes.ALL) {
            result = pass.rewrite().apply(result);
            text.append("after ").append(pass.name()).append('\n').append(result.dump());
        }
        return text.toString();
    }

    private int kernels(Pipeline pipeline, Program program, Session session, Terminal terminal) {
        session.onKernel((name, graph, parameters) -> terminal.line("kernel " + name + "\n" + form(graph, parameters)));
        pipeline.run(program, file, Parameters.of(Map.of()), session);
        return Main.DONE;
    }
}
