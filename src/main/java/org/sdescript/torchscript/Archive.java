package org.sdescript.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A module as {@code torch.jit.save} writes it: an uncompressed zip of the source, two pickles and the elements of each
 * tensor (torch/csrc/jit/docs/serialization.md).
 */
public final class Archive {
    public static final String MODULE = "Kernel";

    /** Protocol 2: an object of our class whose state is an empty dictionary. */
    private static final String OBJECT = "\u0080\u0002c__torch__\n" + MODULE + "\n)\u0081}b.";

    private static final String NO_CONSTANTS = "\u0080\u0002).";
    private static final String FORMAT = "3\n";

    /** The earliest time that zip files can represent; a fixed time makes the bytes of a module reproducible. */
    private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Archive() {}

    /**
     * Returns the bytes of a module without tensors.
     *
     * @param methods the methods, indented by two spaces
     */
    public static byte[] of(String methods) {
        String source = "class " + MODULE + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n" + methods;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(OBJECT.getBytes(StandardCharsets.ISO_8859_1), source, List.of(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Writes a module with its tensors. */
    public static void write(ModuleSource module, OutputStream out) throws IOException {
        write(Pickle.module(MODULE, module.attributes()), module.text(), module.attributes(), out);
    }

    private static void write(byte[] object, String source, List<Attribute> attributes, OutputStream out)
            throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        entry(zip, "data.pkl", object);
        entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < attributes.size(); i++) {
            entry(zip, "data/" + i, attributes.get(i).bytes());
        }
        entry(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
        entry(zip, "version", FORMAT.getBytes(StandardCharsets.US_ASCII));
        zip.finish(); // the caller closes the stream
        zip.flush();
    }

    /** Returns the number of source lines before the first method. */
    public static int headerLines() {
        return 3;
    }

    static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry("kernel/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(WRITTEN);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
