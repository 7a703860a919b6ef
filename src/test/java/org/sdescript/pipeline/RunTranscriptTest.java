package org.sdescript.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.Transcripts;
import org.sdescript.backend.Execution;

/** Scripts print the expected output. */
@Tag("numbers")
class RunTranscriptTest {

    @TestFactory
    Stream<DynamicTest> scripts_print_what_is_written_down() throws IOException {
        return Transcripts.of("run", script -> printed(script, Execution.TORCHSCRIPT));
    }

    @TestFactory
    Stream<DynamicTest> they_print_the_same_where_kernels_run_operation_by_operation() throws IOException {
        return Transcripts.of("run", script -> printed(script, Execution.EAGER));
    }

    private static String printed(Path script, Execution execution) {
        return String.join("\n", Script.run(script, execution)) + "\n";
    }
}
