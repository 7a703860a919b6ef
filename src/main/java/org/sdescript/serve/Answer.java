package org.sdescript.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.sdescript.display.MessageJson;

/** The answer to a request. */
record Answer(int status, String type, byte[] body) {
    static final int REFUSED = 403;
    static final int MISSING = 404;

    static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json", MessageJson.bytes(body));
    }

    static Answer json(JsonNode body) {
        return json(200, body);
    }

    static Answer problem(int status, String message) {
        return json(status, MessageJson.object().put("message", message));
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Answer missing() {
        return problem(MISSING, "there is no such address");
    }
}
