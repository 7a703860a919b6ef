package org.sdescript.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code sde run script.sde}. */
@Command(
        name = "run",
        description =
                "Runs a script. Each param of the script is an option after the script: --steps 500, or --param.steps 500.",
        customSynopsis =
                "sde run [--out DIR] [--write DIR …] [--parameters FILE] [--resume] [--seed N] [--device D] [--precision P] [--backend B] [--log FORMAT] [--cluster MASTER [--conf KEY=VALUE …]] [-q | -v] SCRIPT [--PARAM VALUE …]")
final class RunCommand implements Callable<Integer> {
    private static final String SCRIPT_ENDING = ".sde";

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            hideParamSyntax = true,
            paramLabel = "SCRIPT",
            description = "The script; - reads standard input.")
    private @Nullable Path file;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Option(names = "--resume", description = "Each training with a checkpoint resumes from it.")
    private boolean resume;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed; 0 if not given. The same script, seed, device and version give the same numbers.")
    private @Nullable Long seed;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints only the output of the script and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Also prints files read and written, the device, and each kernel with its times.")
    private boolean verbose;

    @Option(names = "--debug", description = "Prints stack traces with errors.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            description = "Prints this text and the parameters of the script.")
    private boolean help;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        if (file == null && help) {
            spec.commandLine().usage(TerminalConsole.out());
            return Main.DONE;
        }
        requireScriptFirst();
        TerminalConsole terminal = terminal();
        Pipeline pipeline = new Pipeline();
        Source source = ScriptFile.read(script());
        Pipeline.CheckedScript checked = pipeline.checked(source);
        Program program = checked.program();
        if (help) {
            help(program);
            return Main.DONE;
        }
        ScriptParameters given = ScriptParameters.of(options(program), parameters.values());
        CommandErrors errors = new CommandErrors(debug);
        if (!quiet) {
            errors.show(checked.warnings());
        }
        terminal.detail(() -> "read " + source.name() + ", " + lines(source) + "; "
                + pipeline.manual().entries().size() + " names of the language and its library");
        return new Run(
                        pipeline,
                        source,
                        program,
                        script(),
                        given,
                        settings(),
                        folders.folders(ScriptFile.stem(script())),
                        terminal,
                        resume)
                .execute(errors);
    }

    private TerminalConsole terminal() {
        if (quiet && verbose) {
            throw usage("--quiet and --verbose are opposites; give one of them");
        }
        return new TerminalConsole(quiet, verbose);
    }

    private static String lines(Source source) {
        long lines = source.text().lines().count();
        return lines == 1 ? "1 line" : lines + " lines";
    }

    /** Returns the script; throws if none is named. */
    private Path script() {
        if (file == null) {
            throw usage("which script? As in: sde run examples/quickstart.sde");
        }
        return file;
    }

    private void requireScriptFirst() {
        Path script = script();
        Optional<String> later =
                rest.stream().filter(word -> word.endsWith(SCRIPT_ENDING)).findFirst();
        if (later.isPresent() && !script.toString().endsWith(SCRIPT_ENDING)) {
            throw usage("the script comes before its options: sde run " + later.get() + " …");
        }
    }

    private Settings settings() {
        Settings settings = options.settings(this::usage);
        return seed == null ? settings : settings.seed(seed);
    }

    /** The script's own options; a param called seed also takes the option of sde. */
    private Map<String, String> options(Program program) {
        List<Statement.Param> declared = ScriptParameters.declared(program, script());
        Map<String, String> given = new ScriptOptions(declared, this::usage).read(rest);
        boolean declaresSeed = declared.stream().anyMatch(param -> param.name().equals("seed"));
        if (declaresSeed && seed != null) {
            given.putIfAbsent("seed", String.valueOf(seed));
        }
        return given;
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private void help(Program program) {
        spec.commandLine().usage(TerminalConsole.out());
        List<Statement.Param> declared = ScriptParameters.declared(program, script());
        if (!declared.isEmpty()) {
            TerminalConsole.out().println();
            TerminalConsole.out().println("Parameters of " + script().getFileName() + ":");
        }
        List<String> options = declared.stream()
                .map(param -> "--" + param.name() + " (" + param.value().span().text() + ")")
                .toList();
        int width = options.stream().mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i) + " ".repeat(width - options.get(i).length());
            TerminalConsole.out()
                    .println("  " + (option + "  " + declared.get(i).doc().orElse("")).stripTrailing());
        }
    }
}
