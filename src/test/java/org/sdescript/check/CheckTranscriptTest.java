package org.sdescript.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.Transcripts;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.source.Source;

/** Scripts with the errors and warnings reported about them, and about the files they import, before they run. */
class CheckTranscriptTest {

    @TestFactory
    Stream<DynamicTest> mistakes_are_reported_as_written_down() throws IOException {
        return Transcripts.of("check", CheckTranscriptTest::transcript);
    }

    private static String transcript(Path script) throws IOException {
        return Script.PIPELINE.check(new Source(script.toString(), Files.readString(script))).stream()
                .map(new Renderer(false)::render)
                .collect(Collectors.joining("\n"))
                .replace(Path.of("").toAbsolutePath() + "/", "");
    }
}
