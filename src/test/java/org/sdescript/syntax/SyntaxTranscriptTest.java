package org.sdescript.syntax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Transcripts;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.source.Source;

/** Scripts with syntax errors, and the reported errors beside them. */
class SyntaxTranscriptTest {

    @TestFactory
    Stream<DynamicTest> mistakes_are_reported_as_written_down() throws IOException {
        return Transcripts.of("syntax", SyntaxTranscriptTest::transcript);
    }

    private static String transcript(Path script) throws IOException {
        Source source = new Source(script.getFileName().toString(), Files.readString(script));
        return Parser.parse(source).diagnostics().stream()
                .map(new Renderer(false)::render)
                .collect(Collectors.joining("\n"));
    }
}
