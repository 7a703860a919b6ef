package org.sdescript.jupyter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.display.ValueView;
import org.sdescript.manual.Help;
import org.sdescript.manual.HelpPage;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Value;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.Workspace;

/** The pages of names: of the session's own values, and of the manual. */
final class Pages {
    private final Pipeline pipeline;
    private final Workspace workspace;
    private @Nullable Help help;

    Pages(Pipeline pipeline, Workspace workspace) {
        this.pipeline = pipeline;
        this.workspace = workspace;
    }

    private Help help() {
        if (help == null) {
            help = new Help(pipeline.manual());
        }
        return help;
    }

    String unknown(String name) {
        return help().unknown(name);
    }

    /** The page of a path of names, such as {@code p.transition}; empty if unknown. */
    Optional<HelpPage> of(List<String> path) {
        Value own = path.size() == 1 ? workspace.names().own(path.getFirst()) : null;
        return own == null ? help().page(path.getLast()) : Optional.of(page(path.getFirst(), own));
    }

    /** The page of a bound name: its value in a line, unless it is a declaration, and the page of its kind. */
    private HelpPage page(String name, Value value) {
        HelpPage kind = help().page(value);
        if (value instanceof Callable) {
            return kind;
        }
        String brief = ValueView.brief(value);
        return new HelpPage(
                name + " = " + brief + "\n\n" + kind.text(),
                "```text\n" + name + " = " + brief + "\n```\n\n" + kind.markdown());
    }

    /** The page of the name at a position of a text; without a name there, that of the call around the position. */
    Optional<HelpPage> at(String text, int position) {
        List<EditorToken> words = EditorToken.of(text);
        for (int at = 0; at < words.size(); at++) {
            EditorToken word = words.get(at);
            if (isName(word) && word.start() <= position && position <= word.end()) {
                Optional<HelpPage> page = of(path(words, at));
                if (page.isPresent()) {
                    return page;
                }
            }
        }
        return callee(text.substring(0, position)).flatMap(this::of);
    }

    /** The name before the last parenthesis that is open at the end of a text. */
    private static Optional<List<String>> callee(String before) {
        List<EditorToken> words = EditorToken.of(before);
        int depth = 0;
        for (int at = words.size() - 1; at > 0; at--) {
            EditorToken word = words.get(at);
            depth += word.role() == EditorToken.Role.CLOSING ? 1 : 0;
            depth -= word.role() == EditorToken.Role.OPENING ? 1 : 0;
            if (depth < 0) {
                List<String> path = path(words, at - 1);
                return word.text().equals("(") && !path.isEmpty() ? Optional.of(path) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isName(EditorToken word) {
        return word.role() == EditorToken.Role.NAME || word.role() == EditorToken.Role.KEYWORD;
    }

    /** The names joined by points that end at a token. */
    private static List<String> path(List<EditorToken> words, int end) {
        List<String> path = new ArrayList<>();
        for (int at = end; at >= 0 && isName(words.get(at)); at -= 2) {
            path.addFirst(words.get(at).text());
            if (at < 2 || !words.get(at - 1).text().equals(".")) {
                break;
            }
        }
        return path;
    }
}
