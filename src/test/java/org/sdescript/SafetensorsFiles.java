package org.sdescript;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes safetensors files with headers that the product's writer would not write. */
public final class SafetensorsFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SafetensorsFiles() {}

    /** Changes the header of a file and removes its checksum, which would detect the change. */
    public static void header(Path file, Consumer<ObjectNode> change) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = Math.toIntExact(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
        ObjectNode header = (ObjectNode) JSON.readTree(Arrays.copyOfRange(bytes, 8, 8 + length));
        ((ObjectNode) header.get("__metadata__")).remove("crc32c");
        change.accept(header);
        Files.write(file, of(JSON.writeValueAsString(header), Arrays.copyOfRange(bytes, 8 + length, bytes.length)));
    }

    public static byte[] of(String header, byte[] elements) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(elements)
                .array();
    }
}
