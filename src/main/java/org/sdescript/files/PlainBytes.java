package org.sdescript.files;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.sdescript.interrupt.StopRequest;

/** The bytes of a file; gzip files are decompressed while they are read. */
public final class PlainBytes {
    /** The largest ratio of decompressed to compressed size, in gzip, zip and PNG: deflate encodes at most 258 bytes in 2 bits. */
    public static final int MOST_UNPACKED = 1032;

    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private PlainBytes() {}

    /** Polls for a request to stop in long reads. */
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
