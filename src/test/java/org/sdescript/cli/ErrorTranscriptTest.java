package org.sdescript.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.Transcripts;

/** Scripts that fail: what they print before, what the user is told, and the exit status. */
class ErrorTranscriptTest {

    @TestFactory
    Stream<DynamicTest> failures_are_told_as_written_down() throws IOException {
        return Transcripts.of("errors", ErrorTranscriptTest::transcript);
    }

    private static String transcript(Path script) {
        Path folder = Script.temporary();
        return Transcript.of(script, Map.of(), folder).with(folder, "OUT").toString();
    }
}
