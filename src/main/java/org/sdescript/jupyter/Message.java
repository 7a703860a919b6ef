package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.sdescript.display.MessageJson;
import org.sdescript.files.FileJson;

/**
 * A message of the protocol.
 *
 * @param identities the route of a request, which its reply takes back; the topic of a published message
 * @param parent the header of the request that a message belongs to
 */
record Message(List<byte[]> identities, ObjectNode header, ObjectNode parent, ObjectNode content) {
    static final String VERSION = "5.3";

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int PARTS = 4;

    /** Thrown for frames that are no message, or are signed by someone else. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    static Message parse(List<byte[]> frames, MessageSignature signature) throws Refused {
        int at = 0;
        while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) {
            at++;
        }
        if (frames.size() < at + 2 + PARTS) {
            throw new Refused("a message of " + frames.size() + " frames without its parts");
        }
        List<byte[]> parts = frames.subList(at + 2, at + 2 + PARTS);
        if (!signature.fits(frames.get(at + 1), parts)) {
            throw new Refused("a message with a wrong signature");
        }
        try {
            return new Message(
                    List.copyOf(frames.subList(0, at)),
                    FileJson.object(parts.get(0)),
                    FileJson.object(parts.get(1)),
                    FileJson.object(parts.get(3)));
        } catch (IOException broken) {
            throw new Refused("a message whose parts are not JSON: " + broken.getMessage());
        }
    }

    /** A reply's content with status {@code ok}. */
    static ObjectNode ok() {
        return MessageJson.object().put("status", "ok");
    }

    /** A new message. */
    static Message of(List<byte[]> identities, String type, String session, ObjectNode parent, ObjectNode content) {
        ObjectNode header = MessageJson.object()
                .put("msg_id", UUID.randomUUID().toString())
                .put("session", session)
                .put("username", "kernel")
                .put("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString())
                .put("msg_type", type)
                .put("version", VERSION);
        return new Message(identities, header, parent, content);
    }

    String type() {
        return header.path("msg_type").asText();
    }

    List<byte[]> frames(MessageSignature signature) {
        List<byte[]> parts = List.of(
                MessageJson.bytes(header),
                MessageJson.bytes(parent),
                MessageJson.bytes(MessageJson.object()),
                MessageJson.bytes(content));
        List<byte[]> frames = new ArrayList<>(identities);
        frames.add(DELIMITER);
        frames.add(signature.of(parts));
        frames.addAll(parts);
        return frames;
    }
}
