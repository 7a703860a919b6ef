package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.display.LiveProgress;
import org.sdescript.display.MessageJson;
import org.sdescript.display.MimeBundle;
import org.sdescript.runtime.Console;

/**
 * The output of cells as published messages: lines, values, pages, pictures and progress, in their order. Lines are
 * collected for a moment, so that a fast loop does not make a message of each.
 */
final class CellConsole implements Console, AutoCloseable {
    private static final long DELAY_MILLIS = 50;
    private static final int MOST_COLLECTED = 1 << 16;
    private static final String OUT = "stdout";
    private static final String ERR = "stderr";

    private final Messenger messenger;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("sde-lines").unstarted(work));
    private final StringBuilder collected = new StringBuilder();
    private String stream = OUT;
    private @Nullable ScheduledFuture<?> flushing;
    private ObjectNode parent = MessageJson.object();
    private boolean silent;
    private @Nullable MimeBundle value;

    CellConsole(Messenger messenger) {
        this.messenger = messenger;
    }

    /**
     * Begins the output of a request.
     *
     * @param header the request's header
     * @param isSilent true if nothing is published
     */
    synchronized void begin(ObjectNode header, boolean isSilent) {
        parent = header;
        silent = isSilent;
        value = null;
    }

    /** Publishes what was collected before the cell's error; a cell that failed has no result. */
    synchronized void endFailed() {
        before();
    }

    /** Publishes what was collected; the value of the last statement becomes the cell's result. */
    synchronized void end(int count) {
        flush();
        if (value != null) {
            publish("execute_result", content(value).put("execution_count", count));
            value = null;
        }
    }

    /** Shows a statement's value: as the result if nothing follows it in the cell, else as a display. */
    synchronized void value(MimeBundle bundle) {
        before();
        value = bundle;
    }

    synchronized void publish(String type, ObjectNode content) {
        if (!silent) {
            messenger.publish(type, parent, content);
        }
    }

    @Override
    public void line(String text) {
        write(OUT, text);
    }

    @Override
    public void note(String text) {
        write(ERR, PrintableText.lines(text));
    }

    /** Shows text that may hold escape sequences of colours, such as a warning. */
    void drawn(String text) {
        write(ERR, text);
    }

    private synchronized void write(String to, String text) {
        showValue();
        if (!stream.equals(to)) {
            flush();
            stream = to;
        }
        collected.append(text).append('\n');
        if (collected.length() > MOST_COLLECTED) {
            flush();
        } else if (flushing == null) {
            flushing = timer.schedule(this::flush, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void flush() {
        if (flushing != null) {
            flushing.cancel(false);
            flushing = null;
        }
        if (!collected.isEmpty()) {
            publish("stream", MessageJson.object().put("name", stream).put("text", collected.toString()));
            collected.setLength(0);
        }
    }

    /** Publishes the last lines. Nothing is written afterwards. */
    @Override
    public synchronized void close() {
        flush();
        timer.shutdown();
    }

    private void before() {
        flush();
        showValue();
    }

    private void showValue() {
        if (value != null) {
            publish("display_data", content(value));
            value = null;
        }
    }

    @Override
    public void page(String text, String markdown) {
        display(MimeBundle.page(text, markdown));
    }

    @Override
    public boolean picture(Supplier<Map<String, byte[]>> forms) {
        display(MimeBundle.picture("a picture", forms.get()));
        return true;
    }

    synchronized void display(MimeBundle bundle) {
        before();
        publish("display_data", content(bundle));
    }

    /** Shows or updates a display that has an id. */
    synchronized void display(String id, MimeBundle bundle, boolean isUpdate) {
        ObjectNode content = content(bundle);
        content.putObject("transient").put("display_id", id);
        if (!isUpdate) {
            before();
        }
        publish(isUpdate ? "update_display_data" : "display_data", content);
    }

    @Override
    public Progress progress(String title, long total) {
        String id = UUID.randomUUID().toString();
        return silent
                ? Progress.UNSEEN
                : new LiveProgress(title, total, (bundle, isUpdate) -> display(id, bundle, isUpdate));
    }

    /** The content of a message that shows a bundle. */
    static ObjectNode content(MimeBundle bundle) {
        ObjectNode content = MessageJson.object();
        content.set("data", data(bundle));
        content.putObject("metadata");
        return content;
    }

    static ObjectNode data(MimeBundle bundle) {
        ObjectNode data = MessageJson.object();
        bundle.data().forEach(data::put);
        return data;
    }
}
