package org.sdescript.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.files.PlainBytes;

/** Reads the binary files of CIFAR-10 from a folder, from the archive's own subfolder, or from the archive itself. */
final class CifarFiles {
    private static final String ARCHIVE = "cifar-10-binary.tar.gz";
    private static final String UNPACKED = "cifar-10-batches-bin";
    private static final int BLOCK = 512;

    private CifarFiles() {}

    static List<byte[]> of(Path folder, boolean testing, Function<String, SdeError> lacking) {
        List<String> names = testing
                ? List.of("test_batch.bin")
                : IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> "data_batch_" + i + ".bin")
                        .toList();
        List<Path> places = Stream.of(folder, folder.resolve(UNPACKED))
                .filter(place -> Files.isRegularFile(place.resolve(names.getFirst())))
                .toList();
        Path archive = folder.resolve(ARCHIVE);
        try {
            if (!places.isEmpty()) {
                return unpacked(places.getFirst(), names, lacking);
            }
            if (Files.isRegularFile(archive)) {
                return archived(archive, names, lacking);
            }
        } catch (EOFException | ZipException damaged) {
            throw lacking.apply(archive + " is cut off or damaged");
        } catch (IOException failure) {
            throw FileFault.reading(archive, failure);
        }
        throw lacking.apply("the folder " + folder + " has neither " + ARCHIVE + " nor " + names.getFirst());
    }

    private static List<byte[]> unpacked(Path folder, List<String> names, Function<String, SdeError> lacking)
            throws IOException {
        for (String name : names) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw lacking.apply("the folder " + folder + " has no file " + name);
            }
        }
        List<byte[]> batches = new ArrayList<>();
        for (String name : names) {
            batches.add(Files.readAllBytes(folder.resolve(name)));
        }
        return batches;
    }

    /**
     * Reads a POSIX tar archive: per file a header of 512 bytes with the name at 0 and the octal size at 124, then
     * the file padded to 512 bytes.
     */
    private static List<byte[]> archived(Path archive, List<String> names, Function<String, SdeError> lacking)
            throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (InputStream in = PlainBytes.of(archive)) {
            for (byte[] head = in.readNBytes(BLOCK);
                    head.length == BLOCK && head[0] != 0;
                    head = in.readNBytes(BLOCK)) {
                String path = text(head, 0, 100);
                long size = size(text(head, 124, 12).strip());
                if (size < 0) {
                    throw lacking.apply(archive + " is damaged");
                }
                String name = path.substring(path.lastIndexOf('/') + 1);
                if (names.contains(name)) {
                    found.put(name, in.readNBytes(Math.toIntExact(size)));
                } else {
                    in.skipNBytes(size);
                }
                in.skipNBytes(Math.floorMod(-size, BLOCK));
            }
        }
        if (!found.keySet().containsAll(names)) {
            throw lacking.apply(archive + " lacks some of its files");
        }
        return List.copyOf(found.values());
    }

    /** Parses an octal file size; −1 for any other text. */
    private static long size(String octal) {
        return octal.matches("[0-7]{1,10}") ? Math.min(Long.parseLong(octal, 8), Integer.MAX_VALUE - 8) : -1;
    }

    private static String text(byte[] head, int from, int length) {
        String field = new String(head, from, length, StandardCharsets.ISO_8859_1);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
