package org.sdescript.plot;

import java.nio.file.Path;
import java.util.Optional;
import org.sdescript.check.Kind;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.TerminalAbilities;
import org.sdescript.runtime.Value;

/** A figure or panels as a value of a script; shows itself where a statement leaves it unused. */
public record ChartValue(Chart chart) implements Value.Shown {
    @Override
    public Kind kind() {
        return Kind.FIGURE;
    }

    @Override
    public String show() {
        return chart.describe();
    }

    /** Shows the chart in the notebook or the terminal; without both, writes it to a file with a new name. */
    @Override
    public void show(Session session) {
        Console console = session.console();
        if (console.picture(() -> FigureForms.of(chart))) {
            return;
        }
        Optional<TerminalAbilities> screen = console.screen();
        if (screen.isPresent()) {
            TerminalFigure drawn = TerminalFigure.of(chart, screen.get());
            console.line(drawn.text());
            drawn.notes().forEach(console::note);
            return;
        }
        write(unnamed(session), session);
        console.note("there is no terminal to show the picture in; `to = \"name.png\"` chooses the file");
    }

    /** Writes the chart to a file, and shows it where the output shows pictures. */
    void write(Path path, Session session) {
        FigureFile written = FigureFile.write(chart, path);
        session.log().wrote(path);
        written.notes().forEach(session.console()::note);
        session.console().picture(() -> FigureForms.of(chart));
    }

    private static Path unnamed(Session session) {
        Path path = session.folders().output("plot.png");
        for (int k = 2; session.log().files().contains(path); k++) {
            path = session.folders().output("plot-" + k + ".png");
        }
        return path;
    }
}
