package org.sdescript.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileJson;
import org.sdescript.graph.DType;

/**
 * Named tensors in a file, in the order given, with metadata: eight bytes of length, a JSON header, the elements. See
 * https://huggingface.co/docs/safetensors. A file is written beside the old one and moved into place, so that an
 * interrupted write leaves the old file; a checksum in the metadata detects later changes.
 *
 * @param tensors by name, owned by the holder
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = SafetensorsHeader.METADATA;
    private static final int ALIGNMENT = 8;
    private static final String CHECKSUM = "crc32c";
    private static final int CHUNK = 1 << 20;
    private static final int LONGEST_HEADER = 100_000_000;

    public void write(Path file) {
        AtomicFile.write(file, out -> write(new DataOutputStream(out)));
    }

    private void write(DataOutputStream out) throws IOException {
        byte[] header = header();
        out.writeLong(Long.reverseBytes(header.length));
        out.write(header);
        for (Tensor tensor : tensors.values()) {
            out.write(tensor.toBytes());
        }
    }

    /** The header with a checksum of itself and all elements, so that a reader detects changes by a disk or a copy. */
    private byte[] header() throws JsonProcessingException {
        ObjectNode root = description();
        CRC32C sum = new CRC32C();
        sum.update(JSON.writeValueAsBytes(root));
        tensors.values().forEach(tensor -> sum.update(tensor.toBytes()));
        ((ObjectNode) root.get(METADATA)).put(CHECKSUM, Long.toHexString(sum.getValue()));
        String text = JSON.writeValueAsString(root);
        return (text + " ".repeat(Math.floorMod(-text.getBytes(StandardCharsets.UTF_8).length, ALIGNMENT)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode description() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode words = root.putObject(METADATA);
        metadata.forEach(words::put);
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = root.putObject(entry.getKey()).put("dtype", SafetensorsHeader.name(tensor.dtype()));
            tensor.shape().sizes().forEach(node.putArray("shape")::add);
            long end = offset + tensor.shape().elements() * tensor.dtype().bytes();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        return root;
    }

    /** Reads a file of any program; throws if it has a checksum and the checksum is wrong. */
    public static Safetensors read(Backend backend, Path file) {
        return read(backend, file, false);
    }

    /** Reads a file written by {@link #write}; throws if the checksum is missing, because then the file was changed. */
    static Safetensors readOwn(Backend backend, Path file) {
        return read(backend, file, true);
    }

    private static Safetensors read(Backend backend, Path file, boolean isOwn) {
        try (FileChannel in = FileChannel.open(file)) {
            if (in.size() < Long.BYTES) {
                throw malformed(file, "it is too short to have a header");
            }
            long length = little(in, 0, Long.BYTES).getLong();
            if (length < 2 || length > Math.min(LONGEST_HEADER, in.size() - Long.BYTES)) {
                throw malformed(file, "its header has no sensible length");
            }
            byte[] header = little(in, Long.BYTES, (int) length).array();
            if (!(FileJson.read(header) instanceof ObjectNode description)) {
                throw malformed(file, "its header is not an object of JSON");
            }
            long start = Long.BYTES + length;
            requireUnchanged(file, description, in, start, isOwn);
            return read(backend, SafetensorsHeader.of(description, in.size() - start), in, start);
        } catch (NoSuchFileException e) {
            throw failure("there is no file " + file, e);
        } catch (JsonProcessingException e) {
            throw malformed(file, "its header is not JSON");
        } catch (SafetensorsHeader.Malformed e) {
            throw malformed(file, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw failure("cannot read " + file, e);
        }
    }

    /** Throws if the checksum differs, or if an own file has none. Files of other programs have none. */
    private static void requireUnchanged(Path file, ObjectNode header, FileChannel in, long start, boolean isOwn)
            throws IOException {
        if (!(header.get(METADATA) instanceof ObjectNode words) || !words.has(CHECKSUM)) {
            if (isOwn) {
                throw malformed(file, "its checksum is missing");
            }
            return;
        }
        String expected = words.remove(CHECKSUM).asText();
        CRC32C sum = new CRC32C();
        sum.update(JSON.writeValueAsBytes(header));
        for (long at = start; at < in.size(); at += CHUNK) {
            sum.update(little(in, at, (int) Math.min(CHUNK, in.size() - at)));
        }
        if (!expected.equals(Long.toHexString(sum.getValue()))) {
            throw malformed(file, "its content is not what was written: it was cut off or changed since");
        }
    }

    private static Safetensors read(Backend backend, SafetensorsHeader header, FileChannel in, long start)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, SafetensorsHeader.Entry> entry : header.tensors().entrySet()) {
            SafetensorsHeader.Entry its = entry.getValue();
            ByteBuffer bytes = little(in, start + its.from(), Math.toIntExact(its.to() - its.from()));
            tensors.put(entry.getKey(), backend.tensor(its.dtype(), its.shape(), elements(its.dtype(), bytes)));
        }
        return new Safetensors(tensors, header.metadata());
    }

    private static double[] elements(DType dtype, ByteBuffer buffer) {
        double[] values = new double[buffer.remaining() / dtype.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (dtype) {
                case BOOL -> buffer.get();
                case INT64 -> buffer.getLong();
                case FLOAT32 -> buffer.getFloat();
                case FLOAT64 -> buffer.getDouble();
            };
        }
        return values;
    }

    private static ByteBuffer little(FileChannel in, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && in.read(buffer, at + buffer.position()) >= 0) {
            continue;
        }
        if (buffer.hasRemaining()) {
            throw new IOException("the file ends early");
        }
        return buffer.flip();
    }

    private static SdeError malformed(Path file, String why) {
        return Diagnostic.error("E0906", null, file + " is not a safetensors file that can be read: " + why)
                .raise();
    }

    /**
     * The message of an exception that only its class names: {@code FileAlreadyExistsException} is "file already
     * exists".
     */
    private static String words(IOException cause) {
        return cause.getClass()
                .getSimpleName()
                .replace("Exception", "")
                .replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static SdeError failure(String what, IOException cause) {
        Diagnostic diagnostic = Diagnostic.error("E0907", null, what);
        boolean plain = cause instanceof NoSuchFileException || cause.getMessage() == null;
        return new SdeError(plain ? diagnostic : diagnostic.note(words(cause) + ": " + cause.getMessage()), cause);
    }
}
