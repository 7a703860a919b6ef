package org.sdescript.learn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of events that TensorBoard reads, written while a training runs. A record is framed as TFRecord: its length, the
 * checksum of the length, the event, the checksum of the event.
 *
 * @param path the file; its name begins as TensorBoard expects
 */
record EventFile(Path path) {
    private static final String NAME = "events.out.tfevents.%d.sde";
    private static final String NAMES = "events.out.tfevents.*.sde";
    private static final int FRAME = Long.BYTES + 2 * Integer.BYTES;
    private static final int MASK = 0xa282ead8;

    /**
     * Begins a file in a folder. A training from its first step deletes the files of earlier trainings there; a resumed
     * one keeps them and replaces what they say of later steps.
     *
     * @param first the number of steps before
     */
    static EventFile begin(Path folder, long first) throws IOException {
        if (first == 0) {
            deleteAll(folder);
        }
        double now = now();
        long second = (long) now;
        Path path = folder.resolve(String.format(java.util.Locale.ROOT, NAME, second));
        while (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            path = folder.resolve(String.format(java.util.Locale.ROOT, NAME, ++second));
        }
        EventFile file = new EventFile(path);
        file.append(EventMessage.version(now), StandardOpenOption.CREATE_NEW);
        if (first > 0) {
            file.append(EventMessage.start(now, first + 1));
        }
        return file;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, NAMES)) {
            for (Path file : earlier) {
                Files.delete(file);
            }
        }
    }

    /** Appends a number of a step. */
    void scalar(long step, String tag, double value) throws IOException {
        append(EventMessage.scalar(now(), step, tag, value));
    }

    private void append(byte[] event, StandardOpenOption... more) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(FRAME + event.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(event.length);
        record.putInt(checksum(record.array(), 0, Long.BYTES));
        record.put(event);
        record.putInt(checksum(event, 0, event.length));
        java.util.Set<java.nio.file.OpenOption> options = new java.util.HashSet<>(java.util.List.of(more));
        options.add(StandardOpenOption.WRITE);
        options.add(StandardOpenOption.APPEND);
        options.add(LinkOption.NOFOLLOW_LINKS);
        Files.write(path, record.array(), options.toArray(java.nio.file.OpenOption[]::new));
    }

    /** CRC-32C, rotated and shifted by a constant, since a checksum of bytes that contain checksums detects less. */
    private static int checksum(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }
}
