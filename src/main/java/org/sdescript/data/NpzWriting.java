package org.sdescript.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Several arrays by name, as {@code numpy.savez} keeps them: a zip of .npy files. */
final class NpzWriting {
    private NpzWriting() {}

    static void write(Map<String, NumberArray> arrays, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NumberArray> array : arrays.entrySet()) {
            zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
            NumberFile.writeNpy(array.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish(); // and whoever opened the stream closes it
        zip.flush();
    }
}
