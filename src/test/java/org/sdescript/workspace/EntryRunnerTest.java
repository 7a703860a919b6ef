package org.sdescript.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Entries that are stopped, and files that they may not replace. */
class EntryRunnerTest {
    private final RecordedConsole console = new RecordedConsole();
    private final Workspace workspace =
            new Workspace(Script.PIPELINE, Settings.standard(), OutputFolders.of(Script.temporary()), console);
    private final Output output = new Output();
    private final EntryRunner runner = new EntryRunner(workspace, console, output);

    /** Runs some work when a value is shown. */
    private static final class Output implements EntryOutput {
        private final List<String> mistakes = new ArrayList<>();
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
            mistakes.add(message);
        }

        @Override
        public void fault(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public void interrupted() {}
    }

    @Test
    void a_request_to_stop_is_not_lost_when_the_session_is_reset() {
        workspace.requestStop();

        workspace.reset();

        assertThat(runner.enterPart(new Source("cell", "x = 1"))).isEqualTo(EntryRunner.After.INTERRUPTED);
        assertThat(workspace.names().ownNames()).isEmpty();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private EntryRunner.After part(String text) {
        return runner.enterPart(new Source("cell 1", text));
    }

    @Test
    void a_request_at_the_end_of_a_part_stops_the_next_part_of_the_cell() {
        output.onValue = workspace.session().stop()::request;

        assertThat(part("1")).isEqualTo(EntryRunner.After.NEXT);
        assertThat(part(":names")).isEqualTo(EntryRunner.After.INTERRUPTED);
        assertThat(console.lines()).isEmpty();
    }

    @Test
    void a_session_is_saved_over_an_earlier_one_and_over_no_other_file() throws IOException {
        Path other = Files.writeString(Script.temporary().resolve("other.sde"), "mine = 1\n");
        Path saved = other.resolveSibling("saved.sde");

        runner.enter("x = 1");
        runner.enter(":save " + saved);
        runner.enter("y = 2");
        runner.enter(":save " + saved);
        assertThat(output.mistakes).isEmpty();
        runner.enter(":save " + other);

        assertThat(saved).content().contains("x = 1", "y = 2");
        assertThat(other).hasContent("mine = 1\n");
        assertThat(output.mistakes).singleElement().asString().contains("other.sde", "choose another name");
    }

    @Test
    void a_request_at_the_prompt_or_on_a_page_ends_with_its_entry() {
        output.onValue = workspace.session().stop()::request;

        runner.enter("1");
        assertThat(runner.enter(":names")).isEqualTo(EntryRunner.After.NEXT);
        runner.enter(new Source("page", "1"));
        assertThat(runner.enter(":names")).isEqualTo(EntryRunner.After.NEXT);
    }
}
