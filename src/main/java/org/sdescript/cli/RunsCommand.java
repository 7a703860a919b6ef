package org.sdescript.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.diagnostic.TextTable;
import org.sdescript.pipeline.RecordedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sde runs}: one line for each run below {@code runs/}. */
@Command(
        name = "runs",
        description =
                "Lists the runs in a folder, the latest last: time, outcome, seconds, losses, parameters and metrics.")
final class RunsCommand implements Callable<Integer> {
    private static final int MINUTES = "2026-01-31T12:00".length();

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; runs if not given.")
    private Path folder = Path.of("runs");

    @Override
    public Integer call() {
        lines(folder).forEach(TerminalConsole.out()::println);
        damages(folder).forEach(TerminalConsole.err()::println);
        return Main.DONE;
    }

    static List<String> lines(Path folder) {
        List<RecordedRun> runs = RecordedRun.below(folder);
        if (runs.isEmpty()) {
            return List.of("no runs in " + folder);
        }
        TextTable table = new TextTable(
                List.of("run", "started", "outcome", "seconds", "loss", "validation", "parameters and metrics"));
        runs.forEach(run -> table.row(List.of(
                folder.relativize(run.folder()).toString(),
                started(run),
                run.outcome(),
                number(run.seconds()),
                number(run.loss()),
                number(run.validation()),
                details(run))));
        return table.lines();
    }

    /** One sentence for each run whose record cannot be read. */
    static List<String> damages(Path folder) {
        return damages(RecordedRun.below(folder));
    }

    static List<String> damages(List<RecordedRun> runs) {
        return runs.stream()
                .filter(run -> run.damage().isPresent())
                .map(run ->
                        PrintableText.line(run.folder() + ": " + run.damage().get()))
                .toList();
    }

    private static String started(RecordedRun run) {
        String instant = run.started();
        return instant.substring(0, Math.min(MINUTES, instant.length())).replace('T', ' ');
    }

    static String number(OptionalDouble number) {
        return number.isPresent() ? NumberText.rounded(number.getAsDouble()) : "";
    }

    private static String details(RecordedRun run) {
        String parameters = run.parameters().entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
        String metrics = run.metrics().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return parameters + (parameters.isEmpty() || metrics.isEmpty() ? "" : " → ") + metrics;
    }
}
