package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptFile;

class DiagnosticsFeedTest {
    @RegisterExtension
    private static final EditorSession SESSION = new EditorSession();

    @ParameterizedTest
    @MethodSource("org.sdescript.lsp.TwentyScripts#all")
    void the_editor_shows_what_check_reports(Path script) {
        String uri = SESSION.editor().open(script);
        List<String> shown = SESSION.editor().diagnostics(uri, 1).stream()
                .map(DiagnosticsFeedTest::line)
                .toList();

        List<String> expected = Script.PIPELINE.check(ScriptFile.read(script)).stream()
                .filter(found -> found.span().orElseThrow().source().name().equals(script.toString()))
                .map(DiagnosticsFeed::of)
                .map(DiagnosticsFeedTest::line)
                .toList();
        assertThat(shown).isEqualTo(expected);
        assertThat(expected.isEmpty())
                .isEqualTo(script.startsWith(Path.of("examples").toAbsolutePath()));
        SESSION.editor().close(uri);
    }

    private static String line(Diagnostic diagnostic) {
        return diagnostic.getCode().getLeft() + " " + diagnostic.getSeverity() + " " + diagnostic.getRange() + " "
                + diagnostic.getMessage().getLeft();
    }

    @Test
    void changes_of_single_places_count_in_utf_16_units() {
        String uri = SESSION.editor().open(SESSION.folder().resolve("units.sde"), "s = \"𝔼\"; print(s)\r\nprint(1)");
        assertThat(SESSION.editor().diagnostics(uri, 1)).isEmpty();

        SESSION.editor().change(uri, 2, new Range(new Position(0, 16), new Position(0, 17)), "r");

        List<Diagnostic> found = SESSION.editor().diagnostics(uri, 2);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().getRange()).isEqualTo(new Range(new Position(0, 16), new Position(0, 17)));
        SESSION.editor().close(uri);
    }

    @Test
    void the_last_of_many_versions_is_checked_alone() {
        String uri = SESSION.folder().resolve("fast.sde").toUri().toString();
        OpenTexts texts = new OpenTexts(Script.PIPELINE, new LibraryFiles(Script.PIPELINE, Map.of()));
        PublishedDiagnostics sent = new PublishedDiagnostics();
        List<FutureTask<?>> delayed = new ArrayList<>();
        DiagnosticsFeed feed = new DiagnosticsFeed(
                texts,
                (work, milliseconds) -> {
                    FutureTask<?> task = new FutureTask<>(work, null);
                    delayed.add(task);
                    return task;
                },
                sent);

        for (int version = 1; version <= 40; version++) {
            texts.open(uri, version, "print(unknown" + version + ")");
            feed.changed(uri);
        }
        delayed.forEach(FutureTask::run);

        assertThat(sent.all()).singleElement().satisfies(last -> assertThat(last.getVersion())
                .isEqualTo(40));
    }

    @Test
    void an_import_is_read_from_the_open_text_before_the_disk() throws IOException {
        Path parts = Files.writeString(SESSION.folder().resolve("parts.sde"), "fn twice(x) = 2*x\n");
        String uri = SESSION.editor()
                .open(SESSION.folder().resolve("main.sde"), "import \"parts.sde\"\nprint(twice(2), thrice(2))\n");
        assertThat(SESSION.editor().diagnostics(uri, 1))
                .extracting(each -> each.getCode().getLeft())
                .containsExactly("E0301");

        String imported = SESSION.editor().open(parts, "fn twice(x) = 2*x\nfn thrice(x) = 3*x\n");

        assertThat(SESSION.editor().diagnostics(uri, 1)).isEmpty();
        SESSION.editor().close(imported);
        SESSION.editor().close(uri);
    }

    @Test
    void warnings_are_warnings_and_carry_their_codes() {
        String uri = SESSION.editor().open(SESSION.folder().resolve("warned.sde"), "unused = 1\nprint(2)\n");

        Diagnostic warning = SESSION.editor().diagnostics(uri, 1).getFirst();

        assertThat(warning.getSeverity()).isEqualTo(DiagnosticSeverity.Warning);
        assertThat(warning.getCode().getLeft()).isEqualTo("W0303");
        assertThat(warning.getMessage().getLeft()).contains("help: leave it out");
        SESSION.editor().close(uri);
    }
}
