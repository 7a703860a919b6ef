package org.sdescript.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.files.OutputFolders;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** A long session holds only its last entries in memory. */
class RetainedEntriesTest {
    private static final int ENTRIES = 12_000;
    private static final int MOST_STATEMENTS = 10_000;
    /** One source for each bound name, one for each of the 256 cached kernels, and the last entries. */
    private static final int MOST_SOURCES = 300;

    @Test
    void entries_and_their_sources_are_let_go() {
        List<WeakReference<Source>> sources = new ArrayList<>(ENTRIES);
        try (Workspace workspace = new Workspace(
                Script.PIPELINE, Settings.standard(), OutputFolders.of(Script.temporary()), new RecordedConsole())) {
            for (int i = 0; i < ENTRIES; i++) {
                Source source = new Source(Workspace.NAME, entry(i));
                sources.add(new WeakReference<>(source));
                workspace.run(source, (statement, value) -> {});
            }
            assertThat(workspace.journal().size()).isEqualTo(MOST_STATEMENTS);
            assertThat(workspace.journal().script(Path.of("")))
                    .contains("# without the first " + (ENTRIES - MOST_STATEMENTS) + " statements");
            System.gc();
            assertThat(sources.stream().filter(source -> source.get() != null).count())
                    .isLessThanOrEqualTo(MOST_SOURCES);
        }
    }

    /** Numbers, rebound names, redeclared functions, tensors, and a kernel for each of them. */
    private static String entry(int i) {
        return switch (i % 6) {
            case 0 -> "1 + " + i;
            case 1 -> "x = [" + i + ", 2]";
            case 2 -> "fn f(v) = v + " + i;
            case 3 -> "f(2)";
            case 4 -> "y = tensor([1, " + i + "])";
            default -> "f(y)";
        };
    }
}
