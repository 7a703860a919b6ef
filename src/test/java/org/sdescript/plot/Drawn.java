package org.sdescript.plot;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.files.OutputFolders;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.workspace.Workspace;

/** Layers that expressions of the language make. */
final class Drawn {
    private static final Workspace WORKSPACE = new Workspace(
            Script.PIPELINE, Settings.standard(), OutputFolders.of(Script.temporary()), new RecordedConsole());

    private Drawn() {}

    static LayerSource layer(String expression) {
        AtomicReference<Value> result = new AtomicReference<>(Value.None.NONE);
        WORKSPACE.look(new Source(Workspace.NAME, expression), (statement, value) -> result.set(value));
        return ((LayerValue) result.get()).source();
    }

    /** Returns the marks of a layer alone in its figure. */
    static Marks marks(String expression) {
        return LayerToMarks.of(Figure.of(List.of(layer(expression)))).getFirst();
    }
}
