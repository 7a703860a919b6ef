package org.sdescript.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.TextTable;
import org.sdescript.pipeline.RecordedRun;
import org.sdescript.pipeline.SweepResults;
import org.sdescript.plot.Axis;
import org.sdescript.plot.Figure;
import org.sdescript.plot.FigureFile;
import org.sdescript.plot.Layer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde compare A B}: the settings in which runs differ, their results, and on request a figure of their losses. */
@Command(
        name = "compare",
        description =
                "Compares runs: settings that differ, and results. Of the folder of a sweep: mean ± standard deviation over the seeds.")
final class CompareCommand implements Callable<Integer> {
    private static final Path RUNS = Path.of("runs");

    /** More runs than this are compared as a sweep. */
    private static final int MOST_COLUMNS = 8;

    @Mixin
    private HelpOption help = new HelpOption();

    @Option(names = "--plot", paramLabel = "FILE", description = "Also draws the losses, into this file.")
    private @Nullable Path plot;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of runs or of sweeps, or their names below runs.")
    private List<Path> folders = new ArrayList<>();

    @Override
    public Integer call() {
        List<RecordedRun> runs =
                folders.stream().flatMap(folder -> runs(folder).stream()).toList();
        if (runs.size() > MOST_COLUMNS || folders.size() == 1) {
            TerminalConsole.out().println(SweepResults.of(runs).summary().show());
        } else {
            lines(runs).forEach(TerminalConsole.out()::println);
        }
        RunsCommand.damages(runs).forEach(TerminalConsole.err()::println);
        if (plot != null) {
            draw(runs, plot);
        }
        return Main.DONE;
    }

    /** The run in a folder; of a folder without a run, such as that of a sweep, all runs below it. */
    private static List<RecordedRun> runs(Path folder) {
        Path place = Files.isDirectory(folder) ? folder : RUNS.resolve(folder);
        List<RecordedRun> below = RecordedRun.isRun(place) ? List.of() : RecordedRun.below(place);
        return below.isEmpty() ? List.of(RecordedRun.of(place)) : below;
    }

    private static void draw(List<RecordedRun> runs, Path plot) {
        curves(runs).ifPresent(figure -> {
            FigureFile.write(figure, plot).notes().forEach(TerminalConsole.err()::println);
            TerminalConsole.out().println("wrote " + plot);
        });
    }

    static List<String> lines(List<RecordedRun> runs) {
        TextTable table = new TextTable(row("", names(runs)));
        differing(runs, RecordedRun::circumstances, table);
        differing(runs, RecordedRun::parameters, table);
        outcomes(runs, table);
        return table.lines();
    }

    /** The shortest names that distinguish the runs: the last parts of their folders, else the whole paths. */
    private static List<String> names(List<RecordedRun> runs) {
        List<Path> folders = runs.stream()
                .map(run -> run.folder().toAbsolutePath().normalize())
                .toList();
        List<Path> last = folders.stream().map(Path::getFileName).toList();
        return (last.stream().distinct().count() == last.size() ? last : folders)
                .stream().map(Path::toString).toList();
    }

    private static void differing(
            List<RecordedRun> runs, Function<RecordedRun, Map<String, String>> settings, TextTable table) {
        for (String name : keys(runs, settings)) {
            List<String> values = values(runs, settings, name);
            if (values.stream().distinct().count() > 1) {
                table.row(row(name, values));
            }
        }
    }

    private static void outcomes(List<RecordedRun> runs, TextTable table) {
        table.row(row("outcome", runs.stream().map(RecordedRun::outcome).toList()));
        table.row(row(
                "seconds",
                runs.stream().map(run -> RunsCommand.number(run.seconds())).toList()));
        table.row(row(
                "loss", runs.stream().map(run -> RunsCommand.number(run.loss())).toList()));
        if (runs.stream().anyMatch(run -> run.validation().isPresent())) {
            table.row(row(
                    "validation",
                    runs.stream()
                            .map(run -> RunsCommand.number(run.validation()))
                            .toList()));
        }
        for (String name : keys(runs, RecordedRun::metrics)) {
            table.row(row(name, values(runs, RecordedRun::metrics, name)));
        }
    }

    private static SequencedSet<String> keys(
            List<RecordedRun> runs, Function<RecordedRun, Map<String, String>> settings) {
        SequencedSet<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(settings.apply(run).keySet()));
        return keys;
    }

    private static List<String> values(
            List<RecordedRun> runs, Function<RecordedRun, Map<String, String>> settings, String name) {
        return runs.stream()
                .map(run -> settings.apply(run).getOrDefault(name, "–"))
                .toList();
    }

    private static List<String> row(String head, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(head));
        row.addAll(cells);
        return row;
    }

    /** A figure of the losses of all trainings; empty if there are none. */
    static Optional<Figure> curves(List<RecordedRun> runs) {
        List<String> names = names(runs);
        List<Layer> lines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            lines.addAll(curves(runs.get(i), names.get(i)));
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(Figure.of(lines)
                        .title("Loss")
                        .x(new Axis("step", false))
                        .y(new Axis("loss", false)));
    }

    private static Layer line(
            List<RecordedRun.Report> reports, ToDoubleFunction<RecordedRun.Report> loss, String label) {
        return new Layer.Line(
                reports.stream().mapToDouble(RecordedRun.Report::step).toArray(),
                reports.stream().mapToDouble(loss).toArray(),
                label);
    }

    /** One line for each training of the run, and one for its validation. */
    private static List<Layer> curves(RecordedRun run, String name) {
        List<Integer> trainings = run.reports().stream()
                .map(RecordedRun.Report::training)
                .distinct()
                .toList();
        List<Layer> lines = new ArrayList<>();
        for (int training : trainings) {
            List<RecordedRun.Report> its = run.reports().stream()
                    .filter(report -> report.training() == training)
                    .toList();
            String label = trainings.size() == 1 ? name : name + ", training " + training;
            lines.add(line(its, RecordedRun.Report::loss, label));
            List<RecordedRun.Report> validated = its.stream()
                    .filter(report -> !Double.isNaN(report.validation()))
                    .toList();
            if (!validated.isEmpty()) {
                lines.add(line(validated, RecordedRun.Report::validation, label + ", validation"));
            }
        }
        return lines;
    }
}
