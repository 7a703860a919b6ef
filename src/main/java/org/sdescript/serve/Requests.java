package org.sdescript.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.display.MessageJson;
import org.sdescript.files.OutputFolders;
import org.sdescript.site.Site;

/** Answers the requests of pages: the files of the page itself, and what a tab asks. */
final class Requests {
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int BUSY = 503;

    private final Tabs tabs;
    private final PageEditing editing;
    private final LiveDerivation derivation;
    private final OutputFolders folders;
    private final Limits limits;

    Requests(Tabs tabs, PageEditing editing, LiveDerivation derivation, OutputFolders folders, Limits limits) {
        this.tabs = tabs;
        this.editing = editing;
        this.derivation = derivation;
        this.folders = folders;
        this.limits = limits;
    }

    /** Returns a file of the page. */
    Answer get(List<String> path) {
        return switch (String.join("/", path)) {
            case "" -> new Answer(200, "text/html; charset=utf-8", Examples.file("page.html"));
            case "page.css" -> new Answer(200, "text/css; charset=utf-8", Examples.file("page.css"));
            case "page.js" -> new Answer(200, "text/javascript; charset=utf-8", Examples.file("page.js"));
            case "site.css" -> new Answer(200, "text/css; charset=utf-8", Site.sheet());
            case "examples" -> Answer.json(Examples.all());
            default ->
                path.size() > 3 && path.get(0).equals("tabs") && path.get(2).equals("files")
                        ? file(path.get(1), String.join("/", path.subList(3, path.size())))
                        : Answer.missing();
        };
    }

    /** Returns a file that a tab wrote; the browser saves it and never shows it as a page of ours. */
    private Answer file(String tab, String name) {
        return tabs.of(tab)
                .flatMap(open -> open.files().content(name))
                .map(content -> new Answer(200, "application/octet-stream", content))
                .orElseGet(Answer::missing);
    }

    Answer post(List<String> path, JsonNode request) {
        if (path.equals(List.of("tabs"))) {
            return open();
        }
        if (path.size() != 3 || !path.get(0).equals("tabs")) {
            return Answer.missing();
        }
        String id = path.get(1);
        Optional<Tab> tab = tabs.of(id);
        if (tab.isEmpty()) {
            return Answer.problem(GONE, "this tab was closed since nobody used it");
        }
        if (path.get(2).equals("close")) {
            tabs.close(id);
            return Answer.json(MessageJson.object());
        }
        tab.get().use();
        return asked(path.get(2), request, tab.get());
    }

    private Answer open() {
        return tabs.open()
                .map(id -> Answer.json(MessageJson.object().put("tab", id)))
                .orElseGet(() -> Answer.problem(
                        BUSY, limits.tabs() + " tabs are open, and no more may be; close one, and reload this page"));
    }

    /** Returns the fields of an object of texts, in their order. */
    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private Answer asked(String what, JsonNode request, Tab tab) {
        String text = request.path("text").asText();
        Map<String, String> parameters = texts(request.path("parameters"));
        return switch (what) {
            case "colours" -> Answer.json(editing.colours(text));
            case "check" -> Answer.json(editing.check(text));
            case "complete" ->
                Answer.json(editing.completions(text, request.path("position").asInt(), folders.run()));
            case "derive" -> Answer.json(derivation.of(text, parameters, folders));
            case "run" ->
                tab.run(text, parameters, request.path("continues").asBoolean())
                        ? Answer.json(MessageJson.object())
                        : Answer.problem(CONFLICT, "a run is under way; stop it first");
            case "stop" -> Answer.json(MessageJson.object().put("stops", tab.stop("")));
            default -> Answer.missing();
        };
    }
}
