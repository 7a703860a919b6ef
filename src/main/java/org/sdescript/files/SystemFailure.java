package org.sdescript.files;

import com.sun.jna.Function;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Failures for which the JDK has no exception class, told by the system's message. A system words its messages in the
 * user's language, so the message is compared with the system's words for the number of the error, too.
 */
public enum SystemFailure {
    FULL_DISK(List.of(27, 28, 69, 122), "no space left", "not enough space", "quota", "file too large"),
    BROKEN_PIPE(List.of(32), "broken pipe", "pipe is being closed");

    private static final int NO_SPACE = 28;
    private static final Path ALWAYS_FULL = Path.of("/dev/full");

    /** The numbers of EFBIG, ENOSPC, EPIPE, and of EDQUOT on macOS and Linux. */
    private final List<Integer> numbers;

    private final List<String> english;

    SystemFailure(List<Integer> numbers, String... english) {
        this.numbers = numbers;
        this.english = List.of(english);
    }

    /** True if a message of the system says this. */
    public boolean isIn(IOException cause) {
        String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.concat(english.stream(), numbers.stream().flatMap(number -> words(number).stream()))
                .anyMatch(said::contains);
    }

    /** Returns the system's words for an error in lower case; empty if it has none or cannot be asked. */
    private static Optional<String> words(int number) {
        return asked(number).filter(words -> !words.isBlank()).map(words -> words.toLowerCase(Locale.ROOT));
    }

    /** Asks the C library, which cannot be called on Windows and where there is no room to unpack what the call needs. */
    private static Optional<String> asked(int number) {
        if (number == NO_SPACE && Files.exists(ALWAYS_FULL)) {
            return wordsOfDevice();
        }
        if (System.getProperty("os.name").startsWith("Windows")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    Function.getFunction("c", "strerror").invokeString(new Object[] {number}, false));
        } catch (LinkageError notUnpacked) {
            return Optional.empty();
        }
    }

    /** Returns the words for a full disk from a device of Linux, which needs no room on the disk. */
    private static Optional<String> wordsOfDevice() {
        try (OutputStream full = Files.newOutputStream(ALWAYS_FULL)) {
            full.write(0);
            return Optional.empty();
        } catch (IOException words) {
            return Optional.ofNullable(words.getMessage());
        }
    }
}
