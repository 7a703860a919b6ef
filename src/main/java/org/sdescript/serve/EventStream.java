package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sdescript.display.MessageJson;

/** Sends the events of a tab to its page, as server-sent events, until either ends. */
final class EventStream {
    private static final Duration PING = Duration.ofSeconds(5);

    private EventStream() {}

    static void send(Events events, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        long sent = lastSeen(exchange);
        try (OutputStream out = exchange.getResponseBody()) {
            write(out, ": begin\n\n");
            boolean isOpen = true;
            while (isOpen) {
                isOpen = !events.isClosed();
                List<Events.Event> next = events.after(sent, PING);
                // a comment finds out whether the page still listens
                write(out, next.isEmpty() ? ": ping\n\n" : frames(next));
                sent = next.isEmpty() ? sent : next.getLast().id();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static long lastSeen(HttpExchange exchange) {
        String seen = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        return seen != null && seen.matches("\\d{1,18}") ? Long.parseLong(seen) : 0;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Returns the events as the protocol writes them; lines of text that follow each other are joined. */
    private static String frames(List<Events.Event> events) {
        List<Events.Event> joined = new ArrayList<>();
        for (Events.Event event : events) {
            if (!joined.isEmpty() && continues(joined.getLast(), event)) {
                Events.Event before = joined.removeLast();
                ObjectNode data = before.data().deepCopy();
                data.put("text", text(before) + "\n" + text(event));
                joined.add(new Events.Event(event.id(), event.type(), null, data));
            } else {
                joined.add(event);
            }
        }
        StringBuilder text = new StringBuilder();
        joined.forEach(event -> text.append("id: ")
                .append(event.id())
                .append("\nevent: ")
                .append(event.type())
                .append("\ndata: ")
                .append(MessageJson.text(event.data()))
                .append("\n\n"));
        return text.toString();
    }

    private static boolean continues(Events.Event before, Events.Event event) {
        return event.type().equals("text")
                && before.type().equals("text")
                && before.data().path("stream").equals(event.data().path("stream"));
    }

    private static String text(Events.Event event) {
        return event.data().path("text").asText();
    }
}
