package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Script;

class OpenTextsTest {
    private static final String SCRIPT = "n = 3\nfn bend(x; scale = 2) {\n  \n  return x\n}\nprint(bend(n))\n";

    @TempDir
    private Path folder;

    private final OpenTexts texts = new OpenTexts(Script.PIPELINE, new LibraryFiles(Script.PIPELINE, Map.of()));
    private final Completions completions = new Completions(texts.manual());
    private int version = 1;

    private String open(Path file, String text) {
        String uri = file.toUri().toString();
        texts.open(uri, version, text);
        return uri;
    }

    private OpenText text(String uri) {
        return texts.of(uri).orElseThrow();
    }

    /** Types letters at a place, and asks for completion behind each; true if no version needed a whole analysis. */
    private boolean typesQuickly(String uri, int line, int from, String letters) {
        boolean quick = true;
        for (int i = 0; i < letters.length(); i++) {
            Position at = new Position(line, from + i);
            TextDocumentContentChangeEvent change = new TextDocumentContentChangeEvent(letters.substring(i, i + 1));
            change.setRange(new Range(at, at));
            texts.change(uri, ++version, List.of(change));
            completions.at(text(uri), text(uri).offset(new Position(line, from + i + 1)));
            quick &= !text(uri).isAnalysed();
        }
        return quick;
    }

    @Test
    void a_key_costs_the_analysis_of_the_lines_that_changed() {
        String uri = open(folder.resolve("a.sde"), SCRIPT);
        text(uri).analysis();

        assertThat(typesQuickly(uri, 2, 2, "y = scale*si")).isTrue();
        assertThat(completions.at(text(uri), text(uri).offset(new Position(2, 14))).stream()
                        .map(CompletionItem::getLabel))
                .contains("sin");
        assertThat(typesQuickly(uri, 5, 13, ", sca")).isTrue();
    }

    @Test
    void a_key_that_binds_another_name_or_fact_costs_the_analysis_of_the_text() {
        String uri = open(folder.resolve("a.sde"), SCRIPT);
        text(uri).analysis();

        assertThat(typesQuickly(uri, 0, 1, "m")).isFalse();
        assertThat(typesQuickly(uri, 0, 2, "k")).isFalse();
        assertThat(typesQuickly(uri, 1, 22, "3")).isFalse();
    }

    @Test
    void a_text_whose_imports_changed_is_analysed_anew() throws IOException {
        Path parts = Files.writeString(folder.resolve("parts.sde"), "fn twice(x) = 2*x\n");
        String uri = open(folder.resolve("a.sde"), "import \"parts.sde\"\nprint()\n");
        text(uri).analysis();
        assertThat(typesQuickly(uri, 1, 6, "twi")).isTrue();

        open(parts, "fn twist(x) = 2*x\n");

        assertThat(typesQuickly(uri, 1, 9, "s")).isFalse();
        assertThat(completions.at(text(uri), text(uri).offset(new Position(1, 10))).stream()
                        .map(CompletionItem::getLabel))
                .contains("twist")
                .doesNotContain("twice");
    }

    /** Returns a link to a file; the test is skipped where links cannot be made. */
    private Path link(Path file) throws IOException {
        Path link = folder.resolve("linked.sde");
        try {
            return Files.createSymbolicLink(link, file);
        } catch (FileSystemException | UnsupportedOperationException unable) {
            assumeTrue(false, "links cannot be made here");
            return link;
        }
    }

    @Test
    void a_file_imported_through_a_link_is_read_from_its_open_text() throws IOException {
        Path parts = Files.writeString(folder.resolve("parts.sde"), "fn twice(x) = 2*x\n");
        Path link = link(parts);
        String uri = open(folder.resolve("a.sde"), "import \"linked.sde\"\nprint(thrice(1))\n");
        assertThat(text(uri).analysis().findings()).isNotEmpty();

        open(parts, "fn thrice(x) = 3*x\n");

        assertThat(text(uri).analysis().findings()).isEmpty();
        assertThat(texts.of(link)).isPresent();
    }

    @Test
    void an_imported_file_is_read_from_the_text_that_was_opened_through_a_link() throws IOException {
        Path parts = Files.writeString(folder.resolve("parts.sde"), "fn twice(x) = 2*x\n");
        Path link = link(parts);
        String uri = open(folder.resolve("a.sde"), "import \"parts.sde\"\nprint(thrice(1))\n");
        assertThat(text(uri).analysis().findings()).isNotEmpty();

        open(link, "fn thrice(x) = 3*x\n");

        assertThat(text(uri).analysis().findings()).isEmpty();
    }

    @Test
    void a_closed_text_is_closed_under_each_of_its_addresses() {
        String uri = open(folder.resolve("a b.sde"), SCRIPT);

        texts.close(uri.replace("a%20b", "%61%20b"));

        assertThat(texts.all()).isEmpty();
    }
}
