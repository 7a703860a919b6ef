package org.sdescript.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;
import org.sdescript.files.OutputFolders;
import org.sdescript.interrupt.Interruption;
import org.sdescript.learn.ModelFiles;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde export score.safetensors -o score.onnx}: the same as {@code export(load(model), file)} in a script. */
@Command(
        name = "export",
        description =
                "Writes a saved model as a file that other programs run without sde: TorchScript for PyTorch, or ONNX")
final class ExportCommand implements Callable<Integer> {
    private static final String ENDING = ".pt";
    private static final String ENDING_OF_STEP = ".onnx";
    /** The error for a model that does not record its network, process or prediction. */
    private static final String LACKING = "E0871";

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "MODEL", description = "The file of a saved model, such as score.safetensors.")
    private Path model;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "The file to write, .pt, .pth or .onnx; the model's own name with .pt, or .onnx for a step, if not given.")
    private @Nullable Path output;

    @Option(
            names = "--script",
            paramLabel = "SCRIPT",
            description = "The script that declares the parts of the model that the standard library lacks.")
    private @Nullable Path script;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "The network, as given to train: \"net(width = 32)\".")
    private @Nullable String network;

    @Option(names = "--process", paramLabel = "PROCESS", description = "The process, as given to train: \"Mine()\".")
    private @Nullable String process;

    @Option(
            names = "--predict",
            paramLabel = "PREDICT",
            description = "What the network predicts, as given to train: \"karras()\".")
    private @Nullable String predict;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "Writes a step of sampling with the model instead, to .onnx: \"ode_heun\".")
    private @Nullable String step;

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints errors only.")
    private boolean quiet;

    @Override
    public Integer call() {
        FileFault.requireReadable(model);
        Path target =
                aim(output != null ? output : model.resolveSibling(stem() + (step == null ? ENDING : ENDING_OF_STEP)));
        (step == null ? ModelFiles.EXPORTED : ModelFiles.ONNX)
                .refused(target.toString(), null)
                .ifPresent(refusal -> {
                    throw refusal.raise();
                });
        Path folder = Optional.ofNullable(target.getParent()).orElse(Path.of(""));
        AtomicFile.requireFolder(folder);
        try (Session session =
                new Session(Settings.standard(), new TerminalConsole(quiet), OutputFolders.of(folder), folder)) {
            return StopSignals.during(session, () -> export(session, target), () -> {});
        } catch (Interruption interruption) {
            return StopSignals.status();
        }
    }

    private int export(Session session, Path target) {
        Pipeline pipeline = new Pipeline();
        RunningScript started = pipeline.bind(
                script == null ? Path.of("") : script, org.sdescript.pipeline.ScriptParameters.of(Map.of()), session);
        if (script != null) {
            started.run(pipeline.program(ScriptFile.read(script)).declarations());
        }
        started.module().bind("model", Value.text(model.toString()));
        started.module().bind("file", Value.text(target.getFileName().toString()));
        try {
            started.run(pipeline.entry(new Source("sde export", statement()), started.module()));
            return Main.DONE;
        } catch (SdeError error) {
            throw asked(error);
        }
    }

    /** Replaces the help of that error: the missing part is an argument in a script, and an option here. */
    private static SdeError asked(SdeError error) {
        return new SdeError(error.diagnostics().stream()
                .map(diagnostic -> diagnostic.code().equals(LACKING)
                        ? diagnostic.help("in the shell: `sde export MODEL --script SCRIPT --network \"net()\""
                                + " --process \"Mine()\"`, with what of it was given to `train`")
                        : diagnostic)
                .toList());
    }

    private String statement() {
        StringBuilder load = new StringBuilder("load(model");
        given("network", network).ifPresent(load::append);
        given("process", process).ifPresent(load::append);
        given("predict", predict).ifPresent(load::append);
        return "export(" + load + "), file" + given("step", step).orElse("") + ")";
    }

    private static Optional<String> given(String name, @Nullable String expression) {
        return Optional.ofNullable(expression).map(written -> ", " + name + " = " + written);
    }

    /** Resolves a symbolic link, because the user may name a link to a file in another folder. */
    private static Path aim(Path named) {
        try {
            return Files.isSymbolicLink(named) && Files.exists(named) ? named.toRealPath() : named;
        } catch (IOException failure) {
            throw FileFault.writing(named, failure);
        }
    }

    private String stem() {
        String name = model.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
