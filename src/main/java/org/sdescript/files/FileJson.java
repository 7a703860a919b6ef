package org.sdescript.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads JSON from files. Duplicate keys, text after the value and nesting beyond 200 levels are refused, so that a
 * damaged file is not misread.
 */
public final class FileJson {
    private static final int DEEPEST = 200;

    private static final ObjectMapper JSON = mapper();

    private FileJson() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        return mapper;
    }

    /** @throws JsonProcessingException unless the text is one JSON value */
    public static JsonNode read(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    public static JsonNode read(byte[] utf8) throws IOException {
        return JSON.readTree(utf8);
    }

    /** @throws IOException unless the text is one JSON object */
    public static ObjectNode object(byte[] utf8) throws IOException {
        if (read(utf8) instanceof ObjectNode object) {
            return object;
        }
        throw new IOException("not a JSON object");
    }
}
