package org.sdescript.lsp;

import java.nio.file.Path;
import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sdescript.Script;

/** An editor and its folder, shared by the tests of a class. */
final class EditorSession implements BeforeAllCallback, AfterAllCallback {
    private final Path folder = Script.temporary().toAbsolutePath();
    private Editor editor;
    private int count;

    /** A text open in an editor, and the cursor in it. */
    record Cursor(Editor editor, String uri, Position position, String text) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        editor = new Editor(folder);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        editor.close();
    }

    Editor editor() {
        return editor;
    }

    Path folder() {
        return folder;
    }

    /** Opens a text as a new file, at the mark ‸, which the opened text does not have. */
    Cursor open(String marked) {
        Editor.Marked text = Editor.Marked.of(marked);
        String uri = editor.open(folder.resolve("text" + ++count + ".sde"), text.text());
        return new Cursor(editor, uri, text.position(), text.text());
    }
}
