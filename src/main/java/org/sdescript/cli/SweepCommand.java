package org.sdescript.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.pipeline.SweepFolder;
import org.sdescript.pipeline.SweepGrid;
import org.sdescript.pipeline.SweepResults;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code sde sweep script.sde --rate 1e-3,1e-4 --seed 1..3}: a run for each combination of values. */
@Command(
        name = "sweep",
        description =
                "Runs a script for each combination of values: --rate 1e-3,1e-4 --seed 1..3. Finished runs are not repeated.",
        customSynopsis =
                "sde sweep [--jobs N] [--out DIR] [--write DIR …] [--parameters FILE] [--metric NAME] [--again] [--device D] [--precision P] [--backend B] [--log FORMAT] [--cluster MASTER [--conf KEY=VALUE …]] [-q] SCRIPT --PARAM VALUES …")
final class SweepCommand implements Callable<Integer> {
    private static final String FOLDER = "sweep";
    private static final String LOG = "log.txt";

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            hideParamSyntax = true,
            paramLabel = "SCRIPT",
            description = "The script.")
    private @Nullable Path file;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "The number of runs at a time, each in a process of its own; 1 if not given.")
    private int jobs = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder for the folders of the runs; runs/<script>/sweep if not given.")
    private @Nullable Path out;

    @Mixin
    private WriteOption write = new WriteOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "The metric in the figure; the first one besides the loss if not given.")
    private String metric = "";

    @Option(names = "--again", description = "Repeats finished runs, and starts trainings anew.")
    private boolean again;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints only the table and errors.")
    private boolean quiet;

    @Mixin
    private HelpOption help = new HelpOption();

    @Unmatched
    private List<String> rest = new ArrayList<>();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        if (file == null) {
            throw usage("which script? As in: sde sweep train.sde --rate 1e-3,1e-4 --seed 1..3");
        }
        if (jobs < 1) {
            throw usage("--jobs is at least 1, not " + jobs);
        }
        return new Sweep(file).call();
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** One sweep of a script. */
    private final class Sweep {
        private final Path script;
        private final Pipeline pipeline = new Pipeline();
        private final Source source;
        private final Pipeline.CheckedScript checked;
        private final TerminalConsole terminal = new TerminalConsole(quiet);
        private final SweepGrid grid;
        private final OutputFolders folders;
        private final Settings settings = options.settings(SweepCommand.this::usage);
        private final SweepJobs processes;

        Sweep(Path script) {
            this.script = script;
            this.source = ScriptFile.read(script);
            this.checked = pipeline.checked(source);
            this.grid = grid();
            this.folders = out != null
                    ? OutputFolders.of(out)
                    : OutputFolders.of(Path.of("runs", ScriptFile.stem(script), FOLDER))
                            .requireBelow(Path.of(""));
            int cores = Runtime.getRuntime().availableProcessors();
            this.processes = new SweepJobs(settings.threads() > 0 ? settings.threads() : Math.max(1, cores / jobs));
        }

        private SweepGrid grid() {
            Map<String, List<Value>> swept = new LinkedHashMap<>();
            new ScriptOptions(ScriptParameters.declared(checked.program(), script), SweepCommand.this::usage)
                    .read(rest)
                    .forEach((name, text) -> swept.put(name, SweptValues.of(name, text, SweepCommand.this::usage)));
            if (swept.isEmpty()) {
                throw usage("which values? As in: --rate 1e-3,1e-4 --seed 1..3");
            }
            Map<String, String> own = new LinkedHashMap<>();
            swept.keySet().stream().filter(this::isParam).forEach(name -> own.put(name, ""));
            ScriptParameters.of(own, parameters.values()).refuseUnknown(checked.program(), script);
            return new SweepGrid(swept);
        }

        /** A seed is an option of sde, and a param only where the script declares it. */
        private boolean isParam(String name) {
            return !name.equals(SweepGrid.SEED)
                    || ScriptParameters.declared(checked.program(), script).stream()
                            .anyMatch(param -> param.name().equals(name));
        }

        int call() {
            if (!quiet) {
                new CommandErrors(false).show(checked.warnings());
            }
            AtomicFile.requireFolder(folders.run());
            int status = jobs == 1 ? oneByOne() : severalAtATime();
            SweepResults results = SweepResults.of(grid, folders.run());
            SweepFolder.write(folders.run(), results, metric).forEach(file -> terminal.note("wrote " + file));
            terminal.line(results.summary().show());
            return status != Main.DONE ? status : results.isComplete() ? Main.DONE : Main.SCRIPT_ERROR;
        }

        private int oneByOne() {
            for (SweepGrid.Point point : grid.points()) {
                int status = isDone(point) ? Main.DONE : inThisProcess(point);
                report(point, status);
                if (status > Main.USAGE) {
                    return status;
                }
            }
            return Main.DONE;
        }

        private int severalAtATime() {
            ExecutorService several = Executors.newFixedThreadPool(jobs);
            processes.during(() -> {
                grid.points()
                        .forEach(point -> several.submit(() -> {
                            if (processes.status() == Main.DONE) {
                                report(point, isDone(point) ? Main.DONE : asProcess(point));
                            }
                        }));
                several.close();
            });
            return processes.status();
        }

        private boolean isDone(SweepGrid.Point point) {
            return !again && SweepFolder.finished(folder(point)).isPresent();
        }

        private Path folder(SweepGrid.Point point) {
            Path folder = folders.run().resolve(point.name());
            AtomicFile.requireFolder(folder);
            return folder;
        }

        /** One line for each run, also for a run that failed or left no record. */
        private synchronized void report(SweepGrid.Point point, int status) {
            String outcome = SweepResults.line(folder(point));
            String log = status == Main.DONE ? "" : "; see " + folder(point).resolve(LOG);
            terminal.note(point.name() + ": " + outcome + log);
        }

        private long seed(SweepGrid.Point point) {
            return point.values().get(SweepGrid.SEED) instanceof Value.Num(double seed) ? (long) seed : 0;
        }

        private Map<String, String> texts(SweepGrid.Point point) {
            Map<String, String> texts = new LinkedHashMap<>();
            point.values().forEach((name, value) -> {
                if (isParam(name)) {
                    texts.put(name, SweptValues.text(value));
                }
            });
            return texts;
        }

        private int inThisProcess(SweepGrid.Point point) {
            Path folder = folder(point);
            try (PrintWriter log = new PrintWriter(folder.resolve(LOG).toFile(), StandardCharsets.UTF_8)) {
                return new Run(
                                pipeline,
                                source,
                                checked.program(),
                                script,
                                ScriptParameters.of(texts(point), parameters.values()),
                                settings.seed(seed(point)),
                                write.with(OutputFolders.of(folder)),
                                new LoggingConsole(log, terminal, point.name()),
                                !again)
                        .execute(new CommandErrors(false, log));
            } catch (IOException failure) {
                throw FileFault.writing(folder.resolve(LOG), failure);
            }
        }

        private int asProcess(SweepGrid.Point point) {
            Path folder = folder(point);
            List<String> words = new ArrayList<>(List.of("run", "--out", folder.toString()));
            words.addAll(List.of("--seed", String.valueOf(seed(point))));
            words.addAll(options.words());
            words.addAll(write.words());
            if (!again) {
                words.add("--resume");
            }
            words.addAll(parameters.words());
            words.add(script.toString());
            texts(point).forEach((name, text) -> words.add("--param." + name + "=" + text));
            return processes.run(words, folder.resolve(LOG));
        }
    }
}
