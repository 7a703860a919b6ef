package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sdescript.display.MessageJson;

/**
 * The output of a tab, in its order. The events of the present run are kept, so that a page whose connection broke gets
 * those that it missed. Of a display that is updated in place only the latest state is kept.
 */
final class Events {
    /**
     * @param id counts up over all runs of a tab
     * @param display the display that the event updates; null for an event that stays
     */
    record Event(long id, String type, @Nullable String display, ObjectNode data) {}

    private final List<Event> kept = new ArrayList<>();
    private long last;
    private int size;
    private boolean isCut;
    private boolean isClosed;

    /** Forgets the events of the run before. */
    synchronized void begin() {
        kept.clear();
        size = 0;
        isCut = false;
    }

    synchronized void add(String type, ObjectNode data) {
        add(new Event(++last, type, null, data));
    }

    /** Adds output of a script; output beyond the limit is dropped. */
    synchronized void output(String type, @Nullable String display, ObjectNode data) {
        if (display != null) {
            kept.removeIf(event -> display.equals(event.display()));
        }
        int length = MessageJson.text(data).length();
        boolean fits = display != null || size + length <= Limits.OUTPUT;
        if (fits) {
            size += display == null ? length : 0;
            add(new Event(++last, type, display, data));
        } else if (!isCut) {
            isCut = true;
            add(
                    "text",
                    MessageJson.object().put("stream", "note").put("text", "the output is too long to show the rest"));
        }
    }

    private void add(Event event) {
        kept.add(event);
        notifyAll();
    }

    /** Ends the stream after the events added so far. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    /** Returns the events after an id; waits for the first of them, at most for a while. */
    synchronized List<Event> after(long id, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (last <= id && !isClosed) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        return kept.stream().filter(event -> event.id() > id).toList();
    }
}
