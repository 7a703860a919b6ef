package org.sdescript.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes several arrays by name, as {@code numpy.savez}: a zip archive of .npy files. */
final class NpzWriting {
    private NpzWriting() {}

    static void write(Map<String, NumberArray> arrays, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NumberArray> array : arrays.entrySet()) {
            zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
            NumberFile.writeNpy(array.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish(); // the opener of the stream closes the stream
        zip.flush();
    }
}
