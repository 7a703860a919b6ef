package org.sdescript.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.graph.DType;
import org.sdescript.pipeline.Parameters;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code sde run script.sde}. */
@Command(
        name = "run",
        description = "Runs a script. Its own parameters are options too: --steps 500.",
        customSynopsis = "sde run SCRIPT [--PARAM VALUE …] [--out DIR] [--seed N] [--device D] [--precision P] [-q]")
final class RunCommand implements Callable<Integer> {

    @CommandLine.Parameters(index = "0", paramLabel = "SCRIPT", description = "The script.")
    private Path file;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder for files; runs/<script> if not given.")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the run; 0 if not given.")
    private Long seed;

    @Option(names = "--device", paramLabel = "D", description = "auto, cpu, gpu or gpu:1.")
    private String device;

    @Option(names = "--precision", paramLabel = "P", description = "float32 or float64.")
    private String precision;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only the script's own words and errors.")
    private boolean quiet;

    @Option(names = "--debug", description = "Stack traces with errors.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            description = "This text, and the script's own parameters.")
    private boolean help;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        Pipeline pipeline = new Pipeline();
        Source source = ScriptFile.read(file);
        Program program = pipeline.program(source);
        if (help) {
            help(program);
            return Main.DONE;
        }
        Parameters parameters = Parameters.of(parameters(program));
        Path folder = out != null ? out : Path.of("runs", stem());
        return new Run(pipeline, source, program, file, parameters, settings(), folder, new Terminal(quiet))
                .execute(new Errors(debug));
    }

    private String stem() {
        String name = file.getFileName().toString();
        return name.endsWith(".sde") ? name.substring(0, name.length() - ".sde".length()) : name + ".run";
    }

    private Settings settings() {
        Settings settings = Settings.standard();
        settings = seed == null ? settings : settings.seed(seed);
        settings = device == null ? settings : settings.device(device);
        return precision == null ? settings : settings.precision(type());
    }

    private DType type() {
        return switch (precision) {
            case "float32" -> DType.FLOAT32;
            case "float64" -> DType.FLOAT64;
            default -> throw usage("--precision is float32 or float64, not " + precision);
        };
    }

    /** {@code --name value} and {@code --name=value}; a name alone is true. */
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
                given.put(name.replace('-', '_'), "");
            }
        }
        boolean declaresSeed = Parameters.declared(program).stream()
                .anyMatch(param -> param.name().equals("seed"));
        if (declaresSeed && seed != null) {
            given.put("seed", String.valueOf(seed));
        }
        return given;
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private void help(Program program) {
        spec.commandLine().usage(Terminal.out());
        List<Statement.Param> declared = Parameters.declared(program);
        if (!declared.isEmpty()) {
            Terminal.out().println("Parameters of " + file.getFileName() + ":");
        }
        for (Statement.Param param : declared) {
            Terminal.out()
                    .printf(
                            "  --%s (%s)  %s%n",
                            param.name(),
                            param.value().span().text(),
                            param.doc().orElse(""));
        }
    }
}
