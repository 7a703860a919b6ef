package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.Position;

/** Texts with a mark ‸ at the cursor, each opened as a file of its own in one editor. */
final class EditorSession {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private EditorSession() {}

    /** A text open in an editor, and the cursor in it. */
    record Cursor(Editor editor, String uri, Position position, String text) {}

    static Cursor open(Editor editor, Path folder, String marked) {
        Editor.Marked text = Editor.Marked.of(marked);
        String uri = editor.open(folder.resolve("text" + COUNT.incrementAndGet() + ".sde"), text.text());
        return new Cursor(editor, uri, text.position(), text.text());
    }
}
