package org.sdescript.jupyter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.sdescript.files.FileJson;

/** JSON of messages. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A reply's content with status {@code ok}. */
    static ObjectNode ok() {
        return object().put("status", "ok");
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Parses an object; throws for text that is no JSON object. */
    static ObjectNode object(byte[] utf8) throws IOException {
        if (FileJson.read(utf8) instanceof ObjectNode object) {
            return object;
        }
        throw new IOException("not a JSON object");
    }
}
