package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Transcripts;
import org.sdescript.pipeline.ScriptFile;

/** Scripts that fail: their output before the error, the error, and the exit status. */
class ErrorTranscriptTest {

    @TestFactory
    Stream<DynamicTest> failures_are_told_as_written_down() throws IOException {
        return Transcripts.of("errors", ErrorTranscriptTest::transcript);
    }

    private static String transcript(Path script) {
        ScriptRun run = ScriptRun.of(ScriptFile.read(script), script);
        assertThat(run.errors())
                .doesNotContain("\tat ")
                .doesNotContain("bug in sde")
                .doesNotContain("Exception");
        return run.toString();
    }
}
