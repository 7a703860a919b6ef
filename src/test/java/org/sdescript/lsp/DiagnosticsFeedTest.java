package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptFile;

class DiagnosticsFeedTest {
    @TempDir
    static Path folder;

    private static Editor editor;

    @BeforeAll
    static void start() {
        editor = new Editor(folder);
    }

    @AfterAll
    static void stop() {
        editor.close();
    }

    @ParameterizedTest
    @MethodSource("org.sdescript.lsp.TwentyScripts#all")
    void the_editor_shows_what_check_reports(Path script) {
        String uri = editor.open(script);
        List<String> shown = editor.diagnostics(uri, 1).stream()
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
        editor.close(uri);
    }

    private static String line(Diagnostic diagnostic) {
        return diagnostic.getCode().getLeft() + " " + diagnostic.getSeverity() + " " + diagnostic.getRange() + " "
                + diagnostic.getMessage().getLeft();
    }

    @Test
    void changes_of_single_places_count_in_utf_16_units() {
        String uri = editor.open(folder.resolve("units.sde"), "s = \"𝔼\"; print(s)\r\nprint(1)");
        assertThat(editor.diagnostics(uri, 1)).isEmpty();

        editor.change(uri, 2, new Range(new Position(0, 16), new Position(0, 17)), "r");

        List<Diagnostic> found = editor.diagnostics(uri, 2);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().getRange()).isEqualTo(new Range(new Position(0, 16), new Position(0, 17)));
        editor.close(uri);
    }

    @Test
    void the_last_of_many_versions_is_checked_alone() {
        String uri = editor.open(folder.resolve("fast.sde"), "print(1)");
        for (int version = 2; version < 40; version++) {
            editor.replace(uri, version, "print(unknown" + version + ")");
        }
        editor.replace(uri, 40, "print(2)");

        assertThat(editor.diagnostics(uri, 40)).isEmpty();
        editor.close(uri);
    }

    @Test
    void an_import_is_read_from_the_open_text_before_the_disk() throws IOException {
        Path parts = Files.writeString(folder.resolve("parts.sde"), "fn twice(x) = 2*x\n");
        String uri = editor.open(folder.resolve("main.sde"), "import \"parts.sde\"\nprint(twice(2), thrice(2))\n");
        assertThat(editor.diagnostics(uri, 1))
                .extracting(each -> each.getCode().getLeft())
                .containsExactly("E0301");

        String imported = editor.open(parts, "fn twice(x) = 2*x\nfn thrice(x) = 3*x\n");

        assertThat(editor.diagnostics(uri, 1)).isEmpty();
        editor.close(imported);
        editor.close(uri);
    }

    @Test
    void warnings_are_warnings_and_carry_their_codes() {
        String uri = editor.open(folder.resolve("warned.sde"), "unused = 1\nprint(2)\n");

        Diagnostic warning = editor.diagnostics(uri, 1).getFirst();

        assertThat(warning.getSeverity()).isEqualTo(DiagnosticSeverity.Warning);
        assertThat(warning.getCode().getLeft()).isEqualTo("W0303");
        assertThat(warning.getMessage().getLeft()).contains("help: leave it out");
        editor.close(uri);
    }
}
