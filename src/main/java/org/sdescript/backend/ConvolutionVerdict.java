package org.sdescript.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;

/**
 * The result of {@link ConvolutionProbe} on one processor with one version of the library, measured once and cached in
 * a file.
 */
public enum ConvolutionVerdict {
    /** The engine's convolutions are right. */
    RIGHT,
    /** Convolutions are right only without oneDNN, whose kernels for this processor are wrong. */
    RIGHT_WITHOUT_ONEDNN,
    /** Convolutions are wrong with and without oneDNN. */
    WRONG,
    /** The processor is unknown, or the probe could not run. */
    UNKNOWN;

    /**
     * @param isRight runs the probe
     * @param withoutOneDnn switches oneDNN off; false if it could not
     */
    static ConvolutionVerdict of(BooleanSupplier isRight, BooleanSupplier withoutOneDnn) {
        if (isRight.getAsBoolean()) {
            return RIGHT;
        }
        return withoutOneDnn.getAsBoolean() && isRight.getAsBoolean() ? RIGHT_WITHOUT_ONEDNN : WRONG;
    }

    /** The cache file for a version of the library and a processor. */
    static Path file(Path folder, String library, String processor) {
        return folder.resolve("convolutions-" + digest(library, processor).substring(0, 16) + ".txt");
    }

    /** Reads the cached result; empty if the file is missing, damaged, or for another library or processor. */
    static Optional<ConvolutionVerdict> read(Path folder, String library, String processor) {
        try {
            String[] lines = Files.readString(file(folder, library, processor)).split("\n", 3);
            for (ConvolutionVerdict verdict : values()) {
                if (lines.length > 1
                        && verdict.name().equals(lines[0])
                        && digest(library, processor).equals(lines[1])) {
                    return Optional.of(verdict);
                }
            }
            return Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Caches the result. A failed write is ignored: the next process measures again. */
    void write(Path folder, String library, String processor) {
        try {
            AtomicFile.write(
                    file(folder, library, processor),
                    name() + "\n" + digest(library, processor) + "\n" + library + "\n" + processor + "\n");
        } catch (SdeError readOnly) {
            Thread.yield();
        }
    }

    private static String digest(String library, String processor) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest((library + "\n" + processor).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
