package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.data.TableFile;
import org.sdescript.plot.Figure;
import org.sdescript.plot.FigureFile;

/** The folder of a sweep: a folder for each run, the tables of their results, and a figure. */
public final class SweepFolder {
    private static final String RUNS = "runs.csv";
    private static final String SUMMARY = "sweep.csv";
    private static final String FIGURE = "sweep.png";

    private SweepFolder() {}

    /** The finished run in a folder, if its record can be read. */
    public static Optional<RecordedRun> finished(Path folder) {
        return RecordedRun.find(folder).filter(run -> run.outcome().equals("done"));
    }

    /**
     * Writes the table of all runs, the table of means and standard deviations, and the figure of a metric; returns the
     * files.
     *
     * @param metric the metric in the figure; empty for the first one that is no loss
     */
    public static List<Path> write(Path folder, SweepResults results, String metric) {
        List<Path> written = new ArrayList<>(List.of(folder.resolve(RUNS), folder.resolve(SUMMARY)));
        TableFile.write(results.runs(), written.get(0));
        TableFile.write(results.summary(), written.get(1));
        Optional<Figure> figure = SweepFigure.of(results, metric);
        figure.ifPresent(drawn -> {
            FigureFile.write(drawn, folder.resolve(FIGURE));
            written.add(folder.resolve(FIGURE));
        });
        return written;
    }
}
