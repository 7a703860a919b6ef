package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sdescript.display.MessageJson;

/**
 * Writes messages to the clients.
 *
 * @param session the id of this kernel's session, in the header of each message
 */
record Messenger(Sockets sockets, MessageSignature signature, String session) {

    /** A request with its channel. */
    record Request(Sockets.Channel channel, Message message) {
        String type() {
            return message.type();
        }

        ObjectNode content() {
            return message.content();
        }
    }

    /** Answers a request; {@code execute_request} is answered by {@code execute_reply}. */
    void reply(Request request, ObjectNode content) {
        String type = request.type().replaceFirst("_request$", "_reply");
        Message reply = Message.of(
                request.message().identities(), type, session, request.message().header(), content);
        sockets.send(request.channel(), reply.frames(signature));
    }

    /** Publishes a message to all clients. */
    void publish(String type, ObjectNode parent, ObjectNode content) {
        List<byte[]> topic = List.of(type.getBytes(StandardCharsets.US_ASCII));
        sockets.send(
                Sockets.Channel.IOPUB,
                Message.of(topic, type, session, parent, content).frames(signature));
    }

    /** Publishes {@code busy}, handles a request, and publishes {@code idle}, also if the work fails. */
    void during(Request request, Runnable work) {
        ObjectNode parent = request.message().header();
        publish("status", parent, state("busy"));
        try {
            work.run();
        } finally {
            publish("status", parent, state("idle"));
        }
    }

    static ObjectNode state(String state) {
        return MessageJson.object().put("execution_state", state);
    }
}
