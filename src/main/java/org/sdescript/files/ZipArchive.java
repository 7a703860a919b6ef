package org.sdescript.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * A zip file whose directory is validated before any entry is unpacked: entries lie inside the file and do not
 * overlap, local headers agree with the directory, names do not lead outside, and sizes are possible for the packed
 * bytes. Reading an entry verifies its checksum. Other readers therefore see the same entries.
 *
 * @param entries the entries, in directory order
 */
public record ZipArchive(Path file, List<Entry> entries) {
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_SIZE = 22;
    private static final int LOCATOR_SIZE = 20;
    private static final int END_64_SIZE = 56;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int MOST_ENTRIES = 100_000;
    private static final int EXTRA_64 = 1;
    private static final long IN_EXTRA = 0xFFFF_FFFFL;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** @param at the offset of the local header in the file */
    public record Entry(String name, int method, long crc, long packed, long size, long at) {
        boolean isFolder() {
            return name.endsWith("/");
        }
    }

    /** @throws ZipException with the reason, unless the file is a valid zip archive */
    public static ZipArchive of(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return new ZipArchive(path, new Directory(file).entries());
        }
    }

    /** Returns the bytes of an entry; verifies size and checksum. */
    public byte[] read(Entry entry) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] packed = Directory.bytes(in, start(entry, in), Math.toIntExact(entry.packed))
                    .array();
            byte[] bytes = entry.method == STORED ? packed : inflated(packed, entry);
            CRC32 sum = new CRC32();
            sum.update(bytes);
            if (sum.getValue() != entry.crc) {
                throw damaged(entry.name, "differs from its checksum");
            }
            return bytes;
        }
    }

    /**
     * Returns the offset in the file of the bytes of an entry that is stored uncompressed.
     *
     * @throws ZipException if the entry is compressed
     */
    public long storedAt(Entry entry) throws IOException {
        if (entry.method != STORED) {
            throw damaged(entry.name, "is compressed");
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return start(entry, in);
        }
    }

    private static long start(Entry entry, RandomAccessFile in) throws IOException {
        ByteBuffer header = Directory.bytes(in, entry.at, LOCAL_SIZE);
        return entry.at
                + LOCAL_SIZE
                + Short.toUnsignedInt(header.getShort(26))
                + Short.toUnsignedInt(header.getShort(28));
    }

    private static byte[] inflated(byte[] packed, Entry entry) throws ZipException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[Math.toIntExact(entry.size)];
            int count = 0;
            while (count < bytes.length && !inflater.finished() && !inflater.needsInput()) {
                count += inflater.inflate(bytes, count, bytes.length - count);
            }
            if (count < bytes.length || inflater.inflate(new byte[1]) > 0) {
                throw damaged(entry.name, "is not as long as it should be");
            }
            return bytes;
        } catch (DataFormatException malformed) {
            throw damaged(entry.name, "cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private static ZipException damaged(String name, String how) {
        return new ZipException("its entry " + FileText.shown(name) + " " + how);
    }

    /** Reads a directory (APPNOTE.TXT of PKWARE, sections 4.3 and 4.5.3). */
    private static final class Directory {
        private final RandomAccessFile file;
        private long start;

        Directory(RandomAccessFile file) {
            this.file = file;
        }

        List<Entry> entries() throws IOException {
            ByteBuffer end = end();
            int count = Short.toUnsignedInt(end.getShort(10));
            long size = Integer.toUnsignedLong(end.getInt(12));
            start = Integer.toUnsignedLong(end.getInt(16));
            long stop = file.length() - end.capacity();
            if (stop >= LOCATOR_SIZE
                    && bytes(file, stop - LOCATOR_SIZE, LOCATOR_SIZE).getInt(0) == LOCATOR_64) {
                long wideEnd = bytes(file, stop - LOCATOR_SIZE, LOCATOR_SIZE).getLong(8);
                if (wideEnd < 0 || wideEnd > stop - LOCATOR_SIZE - END_64_SIZE) {
                    throw new ZipException("its directory is not where its end says");
                }
                ByteBuffer wide = bytes(file, wideEnd, END_64_SIZE);
                count = Math.clamp(wide.getLong(32), 0, MOST_ENTRIES + 1);
                size = wide.getLong(40);
                start = wide.getLong(48);
                stop = wide.getInt(0) == END_64 ? wideEnd : -1;
            }
            if (count > MOST_ENTRIES || size < 0 || start < 0 || start > stop || size != stop - start) {
                throw new ZipException("its directory is not where its end says");
            }
            return checked(entries(bytes(file, start, Math.toIntExact(size)), count));
        }

        /** Returns the end record with its comment; the last one that fits. */
        private ByteBuffer end() throws IOException {
            int length = (int) Math.min(file.length(), END_SIZE + LONGEST_COMMENT);
            ByteBuffer tail = bytes(file, file.length() - length, length);
            for (int at = length - END_SIZE; at >= 0; at--) {
                if (tail.getInt(at) == END && Short.toUnsignedInt(tail.getShort(at + 20)) == length - at - END_SIZE) {
                    boolean oneDisk = tail.getInt(at + 4) == 0 && tail.getShort(at + 8) == tail.getShort(at + 10);
                    if (oneDisk) {
                        return tail.slice(at, length - at).order(ByteOrder.LITTLE_ENDIAN);
                    }
                }
            }
            throw new ZipException("it is no zip file, or cut off");
        }

        private static List<Entry> entries(ByteBuffer directory, int count) throws IOException {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (directory.remaining() < CENTRAL_SIZE || directory.getInt(directory.position()) != CENTRAL) {
                    throw new ZipException("its directory is damaged");
                }
                int at = directory.position();
                int name = Short.toUnsignedInt(directory.getShort(at + 28));
                int extra = Short.toUnsignedInt(directory.getShort(at + 30));
                int length = CENTRAL_SIZE + name + extra + Short.toUnsignedInt(directory.getShort(at + 32));
                if (directory.remaining() < length) {
                    throw new ZipException("its directory is damaged");
                }
                entries.add(entry(directory.slice(at, length).order(ByteOrder.LITTLE_ENDIAN), name, extra));
                directory.position(at + length);
            }
            if (directory.hasRemaining()) {
                throw new ZipException("its directory is damaged");
            }
            return entries;
        }

        private static Entry entry(ByteBuffer central, int nameLength, int extraLength) throws IOException {
            byte[] encoded = new byte[nameLength];
            central.get(CENTRAL_SIZE, encoded);
            String name = new String(encoded, StandardCharsets.UTF_8);
            int method = Short.toUnsignedInt(central.getShort(10));
            long packed = Integer.toUnsignedLong(central.getInt(20));
            long size = Integer.toUnsignedLong(central.getInt(24));
            long at = Integer.toUnsignedLong(central.getInt(42));
            ByteBuffer wide =
                    wide(central.slice(CENTRAL_SIZE + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN));
            size = size == IN_EXTRA ? next(wide, name) : size;
            packed = packed == IN_EXTRA ? next(wide, name) : packed;
            at = at == IN_EXTRA ? next(wide, name) : at;
            if ((central.getShort(8) & ENCRYPTED) != 0 || method != STORED && method != DEFLATED) {
                throw damaged(name, "is encrypted or packed in a way that is not read");
            }
            return new Entry(name, method, Integer.toUnsignedLong(central.getInt(16)), packed, size, at);
        }

        /** Returns the field of 64-bit sizes, empty if missing. */
        private static ByteBuffer wide(ByteBuffer extra) {
            while (extra.remaining() >= 4) {
                int id = Short.toUnsignedInt(extra.getShort());
                int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
                if (id == EXTRA_64) {
                    return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                }
                extra.position(extra.position() + length);
            }
            return ByteBuffer.allocate(0);
        }

        private static long next(ByteBuffer wide, String name) throws ZipException {
            if (wide.remaining() < Long.BYTES) {
                throw damaged(name, "has no size");
            }
            return wide.getLong();
        }

        private List<Entry> checked(List<Entry> entries) throws IOException {
            Set<String> names = new HashSet<>();
            for (Entry entry : entries) {
                if (!names.add(entry.name) || !leadsInside(entry.name)) {
                    throw damaged(entry.name, "has a name that is not allowed, or twice there");
                }
                boolean fits = entry.method == STORED
                        ? entry.size == entry.packed
                        : entry.size >= 0 && entry.size / PlainBytes.MOST_UNPACKED <= entry.packed;
                if (!fits || entry.packed < 0 || entry.size > Integer.MAX_VALUE - 8) {
                    throw damaged(entry.name, "is said to have " + entry.size + " bytes, which it cannot");
                }
            }
            List<Entry> inOrder = new ArrayList<>(entries);
            inOrder.sort(Comparator.comparingLong(Entry::at));
            long free = 0;
            for (Entry entry : inOrder) {
                free = requireOwnPlace(entry, free);
            }
            return List.copyOf(entries);
        }

        /** @return the lowest offset of the next entry */
        private long requireOwnPlace(Entry entry, long free) throws IOException {
            if (entry.at < free || entry.at > start - LOCAL_SIZE) {
                throw damaged(entry.name, "is not where the directory says");
            }
            ByteBuffer header = bytes(file, entry.at, LOCAL_SIZE);
            int name = Short.toUnsignedInt(header.getShort(26));
            long end = entry.at + LOCAL_SIZE + name + Short.toUnsignedInt(header.getShort(28));
            boolean isSame = header.getInt(0) == LOCAL
                    && Short.toUnsignedInt(header.getShort(8)) == entry.method
                    && end <= start - entry.packed
                    && new String(bytes(file, entry.at + LOCAL_SIZE, name).array(), StandardCharsets.UTF_8)
                            .equals(entry.name);
            if (!isSame) {
                throw damaged(entry.name, "is not what the directory says");
            }
            return end + entry.packed;
        }

        private static boolean leadsInside(String name) {
            return !name.isEmpty()
                    && !name.startsWith("/")
                    && name.indexOf('\\') < 0
                    && name.indexOf(':') < 0
                    && name.chars().noneMatch(c -> c < ' ')
                    && !List.of(name.split("/")).contains("..");
        }

        static ByteBuffer bytes(RandomAccessFile file, long at, int count) throws IOException {
            if (at < 0 || at > file.length() - count) {
                throw new ZipException("it is no zip file, or cut off");
            }
            byte[] bytes = new byte[count];
            file.seek(at);
            file.readFully(bytes);
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
