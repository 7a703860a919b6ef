package org.sdescript.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.backend.Execution;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Precision;
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
        description = "Runs a script. Each param of the script is an option: --steps 500.",
        customSynopsis =
                "sde run SCRIPT [--PARAM VALUE …] [--out DIR] [--write DIR …] [--seed N] [--device D] [--precision P] [--backend B] [--log FORMAT] [-q | -v]")
final class RunCommand implements Callable<Integer> {
    private static final String SCRIPT_ENDING = ".sde";
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|gpu(:\\d{1,3})?");

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            hideParamSyntax = true,
            paramLabel = "SCRIPT",
            description = "The script; - reads standard input.")
    private @Nullable Path file;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed; 0 if not given. The same script, seed, device and version give the same numbers.")
    private @Nullable Long seed;

    @Option(names = "--device", paramLabel = "D", description = "auto, cpu, gpu or gpu:1.")
    private @Nullable String device;

    @Option(names = "--precision", paramLabel = "P", description = "float32, float64, tf32 or bfloat16.")
    private @Nullable String precision;

    @Option(
            names = "--backend",
            paramLabel = "B",
            description = "torchscript; or eager, which runs kernels operation by operation: slower, for comparison.")
    private @Nullable String backend;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            description = "tensorboard: trainings also write event files, for tensorboard --logdir runs.")
    private @Nullable String log;

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
        ScriptParameters parameters = ScriptParameters.of(parameters(program));
        CommandErrors errors = new CommandErrors(debug);
        if (!quiet) {
            errors.show(checked.warnings());
        }
        terminal.detail(() -> "read " + source.name() + ", " + lines(source) + "; "
                + pipeline.manual().entries().size() + " names of the language and its library");
        return new Run(pipeline, source, program, script(), parameters, settings(), folders.folders(stem()), terminal)
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

    private String stem() {
        String name = Path.of(ScriptFile.name(script())).getFileName().toString();
        return name.endsWith(SCRIPT_ENDING) ? name.substring(0, name.length() - SCRIPT_ENDING.length()) : name + ".run";
    }

    private Settings settings() {
        Settings settings = Settings.standard();
        settings = seed == null ? settings : settings.seed(seed);
        settings = device == null ? settings : settings.device(checked(device));
        settings = backend == null ? settings : settings.execution(execution(backend));
        settings = precision == null ? settings : settings.precision(type(precision));
        return log == null ? settings : settings.eventFiles(isTensorBoard(log));
    }

    private boolean isTensorBoard(String format) {
        if (!format.equals("tensorboard")) {
            throw usage("--log is tensorboard, not " + format);
        }
        return true;
    }

    private Execution execution(String backend) {
        return Execution.named(backend).orElseThrow(() -> usage("--backend is torchscript or eager, not " + backend));
    }

    private String checked(String device) {
        if (!DEVICE.matcher(device).matches()) {
            throw usage("--device is auto, cpu, gpu or gpu:1, not " + device);
        }
        return device;
    }

    private Precision type(String precision) {
        return Precision.named(precision)
                .orElseThrow(() -> usage("--precision is " + Precision.names() + ", not " + precision));
    }

    /** Reads {@code --name value} and {@code --name=value}; a name without a value is true. */
    private Map<String, String> parameters(Program program) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < rest.size(); i++) {
            String word = rest.get(i);
            if (!word.startsWith("--")) {
                throw usage("`" + word + "` is not an option; options of the script look like --steps 500");
            }
            String name = word.substring(2);
            int equals = name.indexOf('=');
            if (equals >= 0) {
                given.put(name.substring(0, equals).replace('-', '_'), name.substring(equals + 1));
            } else if (i + 1 < rest.size() && !rest.get(i + 1).startsWith("--")) {
                given.put(name.replace('-', '_'), rest.get(++i));
            } else {
                given.put(name.replace('-', '_'), alone(name, program));
            }
        }
        boolean declaresSeed = ScriptParameters.declared(program, script()).stream()
                .anyMatch(param -> param.name().equals("seed"));
        if (declaresSeed && seed != null) {
            given.put("seed", String.valueOf(seed));
        }
        return given;
    }

    /**
     * Returns the text of {@code --name} without a value, which means true; throws if the script's parameter is not a
     * truth value.
     */
    private String alone(String name, Program program) {
        boolean wantsValue = ScriptParameters.declared(program, script()).stream()
                .filter(param -> param.name().equals(name.replace('-', '_')))
                .anyMatch(param -> !(param.value() instanceof Expression.Bool));
        if (wantsValue) {
            throw usage("--" + name + " needs a value");
        }
        return "";
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
