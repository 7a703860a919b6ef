package org.sdescript.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.workspace.EntryCompleteness;

/** Reads entries from standard input that is not a terminal. An entry is returned as soon as its last line is read. */
final class PipedEntries {
    /** A pipe may have no end: neither may a line nor an entry. */
    private static final int LARGEST = 1 << 24;

    /** The characters that are looked through again and again, because a bracket may have been the last one. */
    private static final long MOST_READ_AGAIN = 1L << 26;

    private static final Pattern CLOSING = Pattern.compile("[)\\]}]");

    private final BufferedReader in;
    private @Nullable String pushedBack;

    PipedEntries(BufferedReader in) {
        this.in = in;
    }

    /** The next entry; at the end of the input, the incomplete rest. */
    Optional<String> next() {
        StringBuilder entry = new StringBuilder();
        boolean isOpen = false;
        long read = 0;
        try {
            for (String line = line(); line != null; line = line()) {
                entry.append(line).append('\n');
                if (!isOpen || CLOSING.matcher(line).find()) {
                    read += entry.length();
                    String text = entry.toString();
                    if (EntryCompleteness.isWhole(text) && !elseFollows()) {
                        return Optional.of(text);
                    }
                    isOpen = EntryCompleteness.isOpen(text);
                }
                if (entry.length() > LARGEST || read > MOST_READ_AGAIN) {
                    throw endless();
                }
            }
        } catch (IOException e) {
            throw FileFault.reading(Path.of("standard input"), e);
        }
        return entry.isEmpty() ? Optional.empty() : Optional.of(entry.toString());
    }

    private @Nullable String line() throws IOException {
        String line = pushedBack != null ? pushedBack : lineOfInput();
        pushedBack = null;
        return line;
    }

    /** Null at the end of the input. */
    private @Nullable String lineOfInput() throws IOException {
        StringBuilder line = new StringBuilder();
        int letter = in.read();
        if (letter < 0) {
            return null;
        }
        while (letter >= 0 && letter != '\n') {
            line.append((char) letter);
            if (line.length() > LARGEST) {
                throw endless();
            }
            letter = in.read();
        }
        boolean isOfWindows = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        return isOfWindows ? line.substring(0, line.length() - 1) : line.toString();
    }

    private static SdeError endless() {
        return Diagnostic.error("E0931", null, "standard input goes on without an end of its present entry")
                .help(
                        "close the brackets of each entry; a script of many megabytes is data, which `csv(…)` or `npy(…)` reads")
                .raise();
    }

    /**
     * True if the next line continues the statement with {@code else}. A line not yet available is not waited for,
     * because the writer may wait for an answer first.
     */
    private boolean elseFollows() throws IOException {
        if (pushedBack == null && in.ready()) {
            pushedBack = lineOfInput();
        }
        return pushedBack != null && EntryCompleteness.goesOn(pushedBack);
    }
}
