package org.sdescript.files;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.sdescript.interrupt.StopRequest;

/** The bytes of a file, which are unpacked on the way where they are compressed with gzip. */
public final class PlainBytes {
    /** As many times as long as the file the unpacked bytes are at most: deflate makes 258 bytes of 2 bits. */
    public static final long MOST_UNPACKED = 1032;

    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private PlainBytes() {}

    /** What takes long to read stops when it is asked to. */
    private static final class Polling extends FilterInputStream {
        Polling(InputStream from) {
            super(from);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            StopRequest.poll();
            return in.read(bytes, from, count);
        }
    }

    public static InputStream of(Path path) throws IOException {
        BufferedInputStream file = new BufferedInputStream(new Polling(Files.newInputStream(path)), BUFFER);
        file.mark(2);
        byte[] start = file.readNBytes(2);
        file.reset();
        boolean zipped = start.length == 2 && ((start[0] & 0xff) << 8 | start[1] & 0xff) == GZIP_MAGIC;
        return zipped ? new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER) : file;
    }
}
