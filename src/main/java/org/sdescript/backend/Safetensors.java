package org.sdescript.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * Named tensors in a file, in the order given, with a few words about them: eight bytes of length, a JSON header, the
 * elements. See https://huggingface.co/docs/safetensors. A file is written aside and moved into place, so whoever is
 * interrupted still has the old one.
 *
 * @param tensors by name, owned by the holder
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;
    private static final int LONGEST_HEADER = 100_000_000;

    public void write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path aside = Files.createTempFile(folder, "." + file.getFileName(), ".part");
            try {
                try (OutputStream out = Files.newOutputStream(aside)) {
                    write(new DataOutputStream(out));
                }
                Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw failure("cannot write " + file, e);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        byte[] header = header();
        out.writeLong(Long.reverseBytes(header.length));
        out.write(header);
        for (Tensor tensor : tensors.values()) {
            out.write(bytes(tensor));
        }
    }

    private byte[] header() throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode words = root.putObject(METADATA);
            metadata.forEach(words::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = root.putObject(entry.getKey()).put("dtype", name(tensor.dtype()));
            tensor.shape().sizes().forEach(node.putArray("shape")::add);
            long end = offset + tensor.shape().elements() * tensor.dtype().bytes();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        String text = JSON.writeValueAsString(root);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(Math.floorMod(-length, ALIGNMENT))).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Tensor tensor) {
        ByteBuffer elements = tensor.array().toByteBuffer(false);
        byte[] bytes = new byte[elements.remaining()];
        elements.get(bytes);
        return bytes;
    }

    public static Safetensors read(Backend backend, Path file) {
        try (FileChannel in = FileChannel.open(file)) {
            long length = little(in, 0, Long.BYTES).getLong();
            if (length < 2 || length > Math.min(LONGEST_HEADER, in.size() - Long.BYTES)) {
                throw malformed(file, "its header has no sensible length");
            }
            byte[] header = little(in, Long.BYTES, (int) length).array();
            return read(backend, file, JSON.readTree(header), in, Long.BYTES + length);
        } catch (NoSuchFileException e) {
            throw failure("there is no file " + file, e);
        } catch (JsonProcessingException e) {
            throw malformed(file, "its header is not JSON");
        } catch (IOException e) {
            throw failure("cannot read " + file, e);
        }
    }

    private static Safetensors read(Backend backend, Path file, JsonNode header, FileChannel in, long start)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(METADATA)) {
                entry.getValue()
                        .properties()
                        .forEach(word ->
                                metadata.put(word.getKey(), word.getValue().asText()));
            } else {
                tensors.put(entry.getKey(), tensor(backend, file, entry.getKey(), entry.getValue(), in, start));
            }
        }
        return new Safetensors(tensors, metadata);
    }

    private static Tensor tensor(Backend backend, Path file, String name, JsonNode node, FileChannel in, long start)
            throws IOException {
        DType dtype = dtype(file, name, node.path("dtype").asText());
        List<Long> sizes = new ArrayList<>();
        node.path("shape").forEach(size -> sizes.add(size.asLong(-1)));
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        boolean inside = sizes.stream().allMatch(size -> size >= 0) && from >= 0 && to <= in.size() - start;
        if (!inside || new Shape(sizes).elements() * dtype.bytes() != to - from) {
            throw malformed(file, "the place of `" + name + "` does not fit");
        }
        Shape shape = new Shape(sizes);
        return backend.tensor(dtype, shape, elements(dtype, little(in, start + from, Math.toIntExact(to - from))));
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

    private static String name(DType dtype) {
        return switch (dtype) {
            case BOOL -> "BOOL";
            case INT64 -> "I64";
            case FLOAT32 -> "F32";
            case FLOAT64 -> "F64";
        };
    }

    private static DType dtype(Path file, String tensor, String name) {
        for (DType dtype : DType.values()) {
            if (name(dtype).equals(name)) {
                return dtype;
            }
        }
        throw malformed(file, "`" + tensor + "` has elements of type " + name + ", which are not read");
    }

    private static SdeError malformed(Path file, String why) {
        return Diagnostic.error("E0906", null, file + " is not a safetensors file that can be read: " + why)
                .raise();
    }

    /** What the JDK names by a class only: {@code FileAlreadyExistsException} is "file already exists". */
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
