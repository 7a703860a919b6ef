package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.source.Source;

/** The texts open in the editor. A file that a script imports is read from its open text before the disk. */
final class OpenTexts {
    private final Map<String, OpenText> texts = new ConcurrentHashMap<>();
    private final Pipeline pipeline;
    private final Pipeline insideLibrary;
    private final LibraryFiles library;
    private final Manual manual;

    OpenTexts(Pipeline pipeline, LibraryFiles library) {
        this.pipeline = pipeline.reading(this::read);
        this.insideLibrary = this.pipeline.insideLibrary();
        this.library = library;
        this.manual = pipeline.manual();
    }

    /** The phases with imports read from open texts. */
    Pipeline pipeline() {
        return pipeline;
    }

    Manual manual() {
        return manual;
    }

    LibraryFiles library() {
        return library;
    }

    Optional<OpenText> of(String uri) {
        return Optional.ofNullable(texts.get(uri));
    }

    Collection<OpenText> all() {
        return List.copyOf(texts.values());
    }

    void open(String uri, int version, String text) {
        texts.put(uri, made(uri, version, text));
        renew(uri);
    }

    /** Applies changes in their order; a change without a range replaces the text. */
    void change(String uri, int version, List<TextDocumentContentChangeEvent> changes) {
        String text = of(uri).map(open -> open.source().text()).orElse("");
        for (TextDocumentContentChangeEvent change : changes) {
            text = changed(new Source(uri, text), change);
        }
        open(uri, version, text);
    }

    private static String changed(Source before, TextDocumentContentChangeEvent change) {
        if (change.getRange() == null) {
            return change.getText();
        }
        int start = Positions.offset(before, change.getRange().getStart());
        int end = Positions.offset(before, change.getRange().getEnd());
        return before.text().substring(0, start)
                + change.getText()
                + before.text().substring(Math.max(start, end));
    }

    void close(String uri) {
        texts.remove(uri);
        renew(uri);
    }

    /** Drops what was derived from other texts: they may import the changed one. */
    void renew(String changed) {
        texts.replaceAll((uri, text) -> uri.equals(changed) || !text.mayImport()
                ? text
                : made(uri, text.version(), text.source().text()));
    }

    private OpenText made(String uri, int version, String text) {
        return new OpenText(uri, version, text, isOfLibrary(uri) ? insideLibrary : pipeline, manual);
    }

    /** True for a file of the library, which sees the library's local names. */
    boolean isOfLibrary(String uri) {
        return OpenText.file(uri).filter(library::contains).isPresent();
    }

    private Source read(Path file) {
        Path wanted = file.toAbsolutePath().normalize();
        return texts.values().stream()
                .filter(text -> OpenText.file(text.uri())
                        .filter(path -> path.toAbsolutePath().normalize().equals(wanted))
                        .isPresent())
                .findFirst()
                .map(text -> new Source(ScriptFile.name(file), text.source().text()))
                .orElseGet(() -> ScriptFile.read(file));
    }
}
