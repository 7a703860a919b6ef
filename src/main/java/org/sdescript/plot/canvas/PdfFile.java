package org.sdescript.plot.canvas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;

/**
 * The numbered objects of a PDF file, with their table (ISO 32000-1, 7.5). The same objects give the same bytes: the file
 * has no date.
 */
final class PdfFile {
    private final List<byte[]> objects = new ArrayList<>();

    /** Adds an object and returns its number. */
    int add(String object) {
        objects.add(latin(object));
        return objects.size();
    }

    /** Adds a compressed stream and returns its number. The entries describe its content. */
    int addStream(String entries, byte[] content) {
        byte[] packed = deflated(content);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes(latin("<< " + entries + " /Filter /FlateDecode /Length " + packed.length + " >>\nstream\n"));
        object.writeBytes(packed);
        object.writeBytes(latin("\nendstream"));
        objects.add(object.toByteArray());
        return objects.size();
    }

    /** Writes all objects, the table of their places, and the numbers of the catalogue and of the description. */
    void write(int catalogue, int about, OutputStream out) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(latin("%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n"));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            places.add(file.size());
            file.writeBytes(latin(i + 1 + " 0 obj\n"));
            file.writeBytes(objects.get(i));
            file.writeBytes(latin("\nendobj\n"));
        }
        int table = file.size();
        file.writeBytes(latin("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n"));
        for (int place : places) {
            file.writeBytes(latin("0".repeat(10 - String.valueOf(place).length()) + place + " 00000 n \n"));
        }
        file.writeBytes(latin("trailer\n<< /Size " + (objects.size() + 1) + " /Root " + catalogue + " 0 R /Info "
                + about + " 0 R >>\nstartxref\n" + table + "\n%%EOF\n"));
        file.writeTo(out);
    }

    /** Returns a text string in UTF-16 as hexadecimal digits (7.9.2.2). */
    static String text(String text) {
        StringBuilder digits = new StringBuilder("<FEFF");
        text.chars().forEach(unit -> digits.append(String.format(Locale.ROOT, "%04X", unit)));
        return digits.append('>').toString();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(content);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return packed.toByteArray();
    }
}
