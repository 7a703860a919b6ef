package org.sdescript.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.files.OutputFolders;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;

/** A request to stop, and the entries that it stops. */
class EntryRunnerTest {
    private final RecordedConsole console = new RecordedConsole();
    private final Workspace workspace =
            new Workspace(Script.PIPELINE, Settings.standard(), OutputFolders.of(Script.temporary()), console);
    private final Output output = new Output();
    private final EntryRunner runner = new EntryRunner(workspace, console, output);

    /** Runs some work when a value is shown. */
    private static final class Output implements EntryOutput {
        private Runnable onValue = () -> {};

        @Override
        public void value(Value value) {
            onValue.run();
        }

        @Override
        public void errors(List<Diagnostic> errors) {
            throw new AssertionError(errors);
        }

        @Override
        public void warnings(List<Diagnostic> warnings) {
            throw new AssertionError(warnings);
        }

        @Override
        public void mistake(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void fault(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public void interrupted() {}
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private EntryRunner.After part(String text) {
        return runner.enter(new Source("cell 1", text));
    }

    @Test
    void a_request_at_the_end_of_a_part_stops_the_next_part_of_the_cell() {
        output.onValue = workspace.session().stop()::request;

        assertThat(part("1")).isEqualTo(EntryRunner.After.NEXT);
        assertThat(part(":names")).isEqualTo(EntryRunner.After.INTERRUPTED);
        assertThat(console.lines()).isEmpty();
    }

    @Test
    void a_request_at_the_prompt_ends_with_its_entry() {
        output.onValue = workspace.session().stop()::request;

        runner.enter("1");
        assertThat(runner.enter(":names")).isEqualTo(EntryRunner.After.NEXT);
    }
}
