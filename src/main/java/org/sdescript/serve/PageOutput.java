package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.display.LiveProgress;
import org.sdescript.display.MessageJson;
import org.sdescript.display.MimeBundle;
import org.sdescript.plot.FigureForms;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Value;
import org.sdescript.workspace.EntryOutput;

/** The output of a tab's runs as events: lines, values, errors, pictures and progress, in their order. */
final class PageOutput implements Console, EntryOutput {
    private static final String TEXT = "text";
    private static final List<String> PICTURES = List.of(FigureForms.SVG, FigureForms.GIF, FigureForms.PNG);

    private final Events events;
    private final String script;
    private volatile boolean hasFailed;
    private volatile boolean isInterrupted;

    /** @param script the name of the page's script in errors */
    PageOutput(Events events, String script) {
        this.events = events;
        this.script = script;
    }

    void begin() {
        hasFailed = false;
        isInterrupted = false;
    }

    boolean hasFailed() {
        return hasFailed;
    }

    boolean isInterrupted() {
        return isInterrupted;
    }

    @Override
    public void line(String text) {
        events.output(TEXT, null, text("out", text));
    }

    @Override
    public void note(String text) {
        events.output(TEXT, null, text("note", PrintableText.lines(text)));
    }

    private static ObjectNode text(String stream, String text) {
        return MessageJson.object().put("stream", stream).put(TEXT, text);
    }

    @Override
    public void page(String text, String markdown) {
        line(text);
    }

    @Override
    public boolean picture(Supplier<Map<String, byte[]>> forms) {
        show(MimeBundle.picture("a picture", forms.get()), null);
        return true;
    }

    @Override
    public Progress progress(String title, long total) {
        String display = UUID.randomUUID().toString();
        return new LiveProgress(title, total, (bundle, isUpdate) -> show(bundle, display));
    }

    @Override
    public void value(Value value) {
        MimeBundle.forPage(value).ifPresent(bundle -> show(bundle, null));
    }

    private void show(MimeBundle bundle, @Nullable String display) {
        ObjectNode data = MessageJson.object().put(TEXT, bundle.text());
        PICTURES.stream()
                .filter(bundle.data()::containsKey)
                .findFirst()
                .ifPresent(
                        type -> data.put("picture", address(type, bundle.data().getOrDefault(type, ""))));
        if (!data.has("picture") && bundle.data().containsKey(MimeBundle.HTML)) {
            data.put("html", bundle.data().get(MimeBundle.HTML));
        }
        if (display != null) {
            data.put("display", display);
        }
        events.output("value", display, data);
    }

    /** Returns a picture as an address that holds it, so that a page shows the picture without scripts of its own. */
    private static String address(String type, String content) {
        String base64 = type.equals(FigureForms.SVG)
                ? Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))
                : content;
        return "data:" + type + ";base64," + base64;
    }

    @Override
    public void errors(List<Diagnostic> errors) {
        fail(MessageJson.object().set("findings", PageFindings.of(errors, script)));
    }

    @Override
    public void warnings(List<Diagnostic> warnings) {
        if (!warnings.isEmpty()) {
            events.output("problem", null, MessageJson.object().set("findings", PageFindings.of(warnings, script)));
        }
    }

    @Override
    public void mistake(String message) {
        fail(MessageJson.object().put("message", message));
    }

    @Override
    public void fault(Throwable fault) {
        fail(MessageJson.object().put("message", "bug in sde: " + fault + "; please report it with the script"));
    }

    private void fail(ObjectNode problem) {
        hasFailed = true;
        events.output("problem", null, problem);
    }

    @Override
    public void interrupted() {
        isInterrupted = true;
    }
}
