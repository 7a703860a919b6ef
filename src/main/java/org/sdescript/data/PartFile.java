package org.sdescript.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.backend.Tensor;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Value;

/**
 * One part of a result: the file {@code part-00000.npz} with some of the samples, as the array {@code x}, or as one array
 * for each state of a system.
 */
public final class PartFile {
    /** The array of a result that is one tensor. */
    static final String ALONE = "x";

    private static final Pattern NAME = Pattern.compile("part-(\\d{5,10})\\.npz");
    private static final int BUFFER = 1 << 16;

    private PartFile() {}

    /**
     * A part that was written.
     *
     * @param number the number of the part, from 0
     * @param file the name of the file in its folder
     * @param bytes the size of the file
     * @param sha256 the checksum of the file, in hexadecimal
     * @param count the number of samples
     */
    public record Written(int number, String file, long bytes, String sha256, long count) {}

    static String name(int number) {
        return String.format(Locale.ROOT, "part-%05d.npz", number);
    }

    /** Returns the number of the part with this file name; empty for the names of other files. */
    static OptionalInt number(String file) {
        Matcher matcher = NAME.matcher(file);
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return number <= Integer.MAX_VALUE && file.equals(name((int) number))
                ? OptionalInt.of((int) number)
                : OptionalInt.empty();
    }

    /**
     * Writes a part into an existing folder. The file appears at once and whole; several processes may write the same
     * part at the same time, and the last one to finish replaces the others' file.
     *
     * @param value a tensor [n, …], or a record of tensors [n, …] with equal n, by state
     * @throws org.sdescript.diagnostic.SdeError if the file cannot be written
     */
    public static Written write(Path folder, int number, Value value) {
        return write(folder, number, arrays(value));
    }

    static Written write(Path folder, int number, Map<String, NumberArray> arrays) {
        long[] counts = arrays.values().stream()
                .mapToLong(array -> array.shape().length == 0 ? -1 : array.shape()[0])
                .distinct()
                .toArray();
        if (counts.length != 1 || counts[0] < 0) {
            throw new IllegalArgumentException("a part has tensors [n, …]");
        }
        Path file = folder.resolve(name(number));
        removeLink(file);
        MessageDigest digest = sha256();
        long[] bytes = {0};
        AtomicFile.write(file, out -> NpzWriting.write(arrays, new Measured(out, digest, bytes)));
        return new Written(number, name(number), bytes[0], hex(digest), counts[0]);
    }

    private static Map<String, NumberArray> arrays(Value value) {
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        if (value instanceof Value.RecordValue(var states)) {
            states.forEach((state, samples) -> arrays.put(state, array(samples)));
        } else {
            arrays.put(ALONE, array(value));
        }
        return arrays;
    }

    private static NumberArray array(Value value) {
        if (value instanceof Value.TensorValue(Tensor tensor) && tensor.dtype().isFloating()) {
            return NestedNumbers.array(value).orElseThrow();
        }
        throw new IllegalArgumentException("a part has tensors of floating-point numbers, not " + value.words());
    }

    /** Writing follows links; a link here would lead to a file outside of the folder. */
    static void removeLink(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw FileFault.writing(file, failure);
        }
    }

    /** Returns true if the part lies in the folder with the size and the checksum that it had when it was written. */
    public static boolean isWhole(Path folder, Written expected) {
        Path file = folder.resolve(name(expected.number()));
        try {
            return hasSize(file, expected.bytes()) && sha256(file).equals(expected.sha256());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Returns true for a file of this size; false for a link, which may lead out of the folder. */
    static boolean hasSize(Path file, long bytes) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == bytes;
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                StopRequest.poll();
                digest.update(buffer, 0, read);
            }
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException lacking) {
            throw new IllegalStateException(lacking); // every Java platform has it
        }
    }

    /** Passes bytes on, and counts and sums them. */
    private static final class Measured extends FilterOutputStream {
        private final MessageDigest digest;
        private final long[] bytes;

        Measured(OutputStream out, MessageDigest digest, long[] bytes) {
            super(out);
            this.digest = digest;
            this.bytes = bytes;
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
            digest.update((byte) single);
            bytes[0]++;
        }

        @Override
        public void write(byte[] from, int start, int count) throws IOException {
            out.write(from, start, count);
            digest.update(from, start, count);
            bytes[0] += count;
        }
    }
}
