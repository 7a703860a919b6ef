package org.sdescript.repl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.sdescript.Script;
import org.sdescript.runtime.Settings;

/** A session at the prompt with keys from a text and the screen as a text: the real loop, on streams in memory. */
final class Typing {
    private final Path folder = Script.temporary();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private String stopAt = "";
    private Terminal terminal;

    /** Presses Ctrl-C once these words are on the screen. */
    Typing stoppingAt(String words) {
        stopAt = words;
        return this;
    }

    /** The folder of the session's files. */
    Path folder() {
        return folder;
    }

    /** The screen at the end; the session's folder is shown as OUT. */
    String screenAfter(String... lines) {
        return screenAfterKeys(String.join("\n", lines) + "\n");
    }

    String screenAfterKeys(String keys) {
        try {
            terminal = new DumbTerminal("test", Terminal.TYPE_DUMB, echoing(keys), watched(), StandardCharsets.UTF_8);
            repl().typed(terminal);
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text().replace("\r", "")
                .replace(folder.toString(), "OUT")
                .replace(Path.of("").toAbsolutePath() + "/", "")
                .replaceAll("(?m) +$", "");
    }

    private Repl repl() {
        Map<String, String> environment = Map.of("TERM", "dumb", "XDG_STATE_HOME", folder.toString());
        return new Repl(
                Script.PIPELINE, Settings.standard(), org.sdescript.files.OutputFolders.of(folder), environment, true);
    }

    private String text() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    /** Echoes typed keys, as the terminal's driver does for a dumb terminal, where the line editor does not. */
    private InputStream echoing(String keys) {
        return new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                int one = super.read(bytes, offset, Math.min(1, length));
                if (one > 0) {
                    screen.write(bytes, offset, one);
                }
                return one;
            }

            @Override
            public synchronized int read() {
                int key = super.read();
                if (key >= 0) {
                    screen.write(key);
                }
                return key;
            }
        };
    }

    private ByteArrayOutputStream watched() {
        return new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                screen.write(bytes, offset, length);
                if (!stopAt.isEmpty() && text().contains(stopAt)) {
                    stopAt = "";
                    terminal.raise(Terminal.Signal.INT);
                }
            }
        };
    }
}
