package org.sdescript.data.csv;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.sdescript.files.PlainBytes;

/** Opens a text file in the encoding that its first bytes declare: gzip or plain, UTF-8 or marked UTF-16. */
final class CsvText {
    private static final int BUFFER = 1 << 16;

    private CsvText() {}

    static BufferedReader open(Path path) throws IOException {
        InputStream bytes = PlainBytes.of(path);
        Charset charset = charset(bytes);
        return new BufferedReader(new InputStreamReader(bytes, charset.newDecoder()), BUFFER);
    }

    /** Returns the first lines without consuming them; an incomplete last line is cut off. */
    static String head(BufferedReader text) throws IOException {
        text.mark(BUFFER + 1);
        char[] buffer = new char[BUFFER];
        int length = 0;
        for (int read = 0; read >= 0 && length < BUFFER; length += Math.max(0, read)) {
            read = text.read(buffer, length, BUFFER - length);
        }
        text.reset();
        String head = new String(buffer, 0, length);
        int lastLine = head.lastIndexOf('\n');
        return length == BUFFER && lastLine > 0 ? head.substring(0, lastLine + 1) : head;
    }

    /** Returns the number of the first line that is not UTF-8. */
    static int undecodableLine(Path path) throws IOException {
        try (InputStream bytes = PlainBytes.of(path)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int number = 1;
            for (int b = bytes.read(); b >= 0; b = bytes.read()) {
                line.write(b);
                if (b == '\n') {
                    if (!isUtf8(line.toByteArray())) {
                        return number;
                    }
                    line.reset();
                    number++;
                }
            }
            return number;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** Detects the encoding and skips the byte order mark. */
    private static Charset charset(InputStream bytes) throws IOException {
        byte[] start = peek(bytes, 3);
        if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
            bytes.skipNBytes(3);
            return StandardCharsets.UTF_8;
        }
        if (startsWith(start, 0xFF, 0xFE)) {
            bytes.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(start, 0xFE, 0xFF)) {
            bytes.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    private static byte[] peek(InputStream stream, int count) throws IOException {
        stream.mark(count);
        byte[] start = stream.readNBytes(count);
        stream.reset();
        return start;
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        for (int k = 0; k < expected.length; k++) {
            if (k >= bytes.length || (bytes[k] & 0xff) != expected[k]) {
                return false;
            }
        }
        return true;
    }
}
