package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.display.MessageJson;
import org.sdescript.display.MimeBundle;
import org.sdescript.interrupt.Interruption;
import org.sdescript.manual.HelpPage;
import org.sdescript.source.Source;
import org.sdescript.workspace.EntryRunner;
import org.sdescript.workspace.Workspace;

/** Runs cells: the requests {@code execute_request}. */
final class CellRunner {
    private final Workspace workspace;
    private final CellConsole console;
    private final CellOutput output;
    private final EntryRunner runner;
    private final Pages pages;
    private final History history;
    private int count;

    CellRunner(Workspace workspace, CellConsole console, Pages pages, History history) {
        this.workspace = workspace;
        this.console = console;
        this.output = new CellOutput(console);
        this.runner = new EntryRunner(workspace, console, output);
        this.pages = pages;
        this.history = history;
    }

    /** Runs a cell, publishes its output, and returns the content of the reply. */
    ObjectNode run(Message request) {
        ObjectNode wanted = request.content();
        String code = wanted.path("code").asText();
        boolean silent = wanted.path("silent").asBoolean(false);
        console.begin(request.header(), silent);
        output.begin();
        if (!silent && wanted.path("store_history").asBoolean(true)) {
            count++;
            history.add(count, code);
        }
        console.publish("execute_input", MessageJson.object().put("code", code).put("execution_count", count));
        ObjectNode reply = Message.ok().put("execution_count", count);
        ArrayNode payload = reply.putArray("payload");
        for (CellPart part : CellPart.of(code)) {
            if (!run(part, payload)) {
                break;
            }
        }
        ObjectNode expressions = reply.putObject("user_expressions");
        Optional<Failure> failure = output.failure();
        if (failure.isPresent()) {
            console.endFailed();
            console.publish("error", failure.get().content());
            return reply.put("status", "error").setAll(failure.get().content());
        }
        console.end(count);
        for (Map.Entry<String, JsonNode> each : wanted.path("user_expressions").properties()) {
            expressions.set(each.getKey(), expression(each.getValue().asText()));
        }
        return reply;
    }

    /** Runs a part of a cell; returns false if the rest of the cell does not run. */
    private boolean run(CellPart part, ArrayNode payload) {
        EntryRunner.After after = EntryRunner.After.NEXT;
        switch (part.kind()) {
            case PAGE -> page(part.text(), payload);
            // empty lines above keep the numbers of the lines in errors
            case COMMAND, STATEMENTS ->
                after = runner.enterPart(new Source(name(), "\n".repeat(part.line()) + part.text()));
        }
        if (after == EntryRunner.After.QUIT) {
            payload.addObject().put("source", "ask_exit").put("keepkernel", false);
        }
        return after == EntryRunner.After.NEXT && output.failure().isEmpty();
    }

    private String name() {
        return "cell " + count;
    }

    /** Adds a page to what the client shows beside the cell. */
    private void page(String name, ArrayNode payload) {
        Optional<HelpPage> page = pages.of(List.of(name.split("\\.")));
        page.ifPresentOrElse(
                found -> payload.addObject()
                        .put("source", "page")
                        .put("start", 0)
                        .set("data", CellConsole.data(MimeBundle.page(found.text(), found.markdown()))),
                () -> output.mistake(pages.unknown(name)));
    }

    private ObjectNode expression(String text) {
        ObjectNode result = Message.ok();
        try {
            return workspace.session().stop().stoppable(() -> {
                workspace.look(new Source(name(), text), (statement, value) -> {
                    MimeBundle bundle = MimeBundle.of(value).orElseGet(() -> MimeBundle.text("none"));
                    result.setAll(CellConsole.content(bundle));
                });
                return result;
            });
        } catch (Workspace.NotAnExpression statement) {
            return failed(Failure.of("`" + text + "` is not an expression"));
        } catch (SdeError error) {
            return failed(Failure.of(error.diagnostics()));
        } catch (Interruption stopped) {
            return failed(Failure.INTERRUPTED);
        } catch (RuntimeException | Error fault) {
            return failed(Failure.bug(fault));
        }
    }

    private static ObjectNode failed(Failure failure) {
        return MessageJson.object().put("status", "error").setAll(failure.content());
    }
}
