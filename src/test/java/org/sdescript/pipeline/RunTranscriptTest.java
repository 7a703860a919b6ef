package org.sdescript.pipeline;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.Transcripts;

/** Scripts and what they print. */
class RunTranscriptTest {

    @TestFactory
    Stream<DynamicTest> scripts_print_what_is_written_down() throws IOException {
        return Transcripts.of("run", script -> String.join("\n", Script.run(script, Map.of())) + "\n");
    }
}
