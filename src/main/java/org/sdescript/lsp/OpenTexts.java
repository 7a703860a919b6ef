package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptAnalysis;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.source.Source;

/**
 * The texts open in the editor. Two addresses that differ only in how they are written, such as {@code file:///C:/a}
 * and {@code file:///c%3A/a}, are one text. A file that a script imports is read from its open text before the disk.
 */
final class OpenTexts {
    /** The open texts by the file of their address, or by the address of what is no file. */
    private final Map<Object, OpenText> texts = new ConcurrentHashMap<>();

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

    private static Object key(String uri) {
        return OpenText.file(uri)
                .<Object>map(file -> file.toAbsolutePath().normalize())
                .orElse(uri);
    }

    Optional<OpenText> of(String uri) {
        return Optional.ofNullable(texts.get(key(uri)));
    }

    /** The text of a file, whatever links lead to the file. */
    Optional<OpenText> of(Path file) {
        Path real = OpenText.real(file);
        return texts.values().stream().filter(text -> text.isOf(real)).findFirst();
    }

    Collection<OpenText> all() {
        return List.copyOf(texts.values());
    }

    void open(String uri, int version, String text) {
        put(uri, version, text, new AtomicReference<>());
    }

    private void put(String uri, int version, String text, AtomicReference<@Nullable ScriptAnalysis> latest) {
        texts.put(key(uri), made(uri, version, text, latest));
        renew(uri);
    }

    /** Applies changes in their order; a change without a range replaces the text. */
    void change(String uri, int version, List<TextDocumentContentChangeEvent> changes) {
        Optional<OpenText> before = of(uri);
        String text = before.map(open -> open.source().text()).orElse("");
        for (TextDocumentContentChangeEvent change : changes) {
            text = changed(new Source(uri, text), change);
        }
        put(
                before.map(OpenText::uri).orElse(uri),
                version,
                text,
                before.map(OpenText::latest).orElseGet(AtomicReference::new));
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
        texts.remove(key(uri));
        renew(uri);
    }

    /** Drops what was derived from other texts: they may import the changed one. */
    void renew(String changed) {
        Object one = key(changed);
        texts.replaceAll((key, text) -> key.equals(one) || !text.mayImport()
                ? text
                : made(text.uri(), text.version(), text.source().text(), new AtomicReference<>()));
    }

    private OpenText made(String uri, int version, String text, AtomicReference<@Nullable ScriptAnalysis> latest) {
        return new OpenText(uri, version, text, isOfLibrary(uri) ? insideLibrary : pipeline, manual, latest);
    }

    /** True for a file of the library, which sees the library's local names. */
    boolean isOfLibrary(String uri) {
        return OpenText.file(uri).filter(library::contains).isPresent();
    }

    private Source read(Path file) {
        return of(file).map(
                        text -> new Source(ScriptFile.name(file), text.source().text()))
                .orElseGet(() -> ScriptFile.read(file));
    }
}
