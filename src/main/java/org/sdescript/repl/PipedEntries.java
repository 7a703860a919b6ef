package org.sdescript.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sdescript.files.FileFault;

/** Reads entries from standard input that is not a terminal. An entry is returned as soon as its last line is read. */
final class PipedEntries {
    private final BufferedReader in;
    private String pushedBack;

    PipedEntries(BufferedReader in) {
        this.in = in;
    }

    /** The next entry; at the end of the input, the incomplete rest. */
    Optional<String> next() {
        StringBuilder entry = new StringBuilder();
        try {
            for (String line = line(); line != null; line = line()) {
                entry.append(line).append('\n');
                if (Wholes.isWhole(entry.toString()) && !elseFollows()) {
                    return Optional.of(entry.toString());
                }
            }
        } catch (IOException e) {
            throw FileFault.reading(Path.of("standard input"), e);
        }
        return entry.isEmpty() ? Optional.empty() : Optional.of(entry.toString());
    }

    private String line() throws IOException {
        String line = pushedBack != null ? pushedBack : in.readLine();
        pushedBack = null;
        return line;
    }

    /**
     * True if the next line continues the statement with {@code else}. A line not yet available is not waited for,
     * because the writer may wait for an answer first.
     */
    private boolean elseFollows() throws IOException {
        if (pushedBack == null && in.ready()) {
            pushedBack = in.readLine();
        }
        return pushedBack != null && Wholes.goesOn(pushedBack);
    }
}
