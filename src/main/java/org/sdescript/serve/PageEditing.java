package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.sdescript.ast.DeepStack;
import org.sdescript.display.MessageJson;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptAnalysis;
import org.sdescript.site.ScriptHtml;
import org.sdescript.source.Source;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.CompletionCandidates;
import org.sdescript.workspace.CompletionContext;
import org.sdescript.workspace.ScriptNames;

/** Answers what the editor of the page asks of its text. Positions count UTF-16 units, as in the browser. */
final class PageEditing {
    private static final int MOST_OFFERS = 200;

    private final Pipeline pipeline;
    private final Manual manual;

    PageEditing(Pipeline pipeline, Manual manual) {
        this.pipeline = pipeline;
        this.manual = manual;
    }

    /** Returns start, end and class of each token that has a colour. */
    ArrayNode colours(String text) {
        ArrayNode all = MessageJson.array();
        List<EditorToken> tokens = EditorToken.of(text);
        for (int i = 0; i < tokens.size(); i++) {
            String style = ScriptHtml.style(tokens, i);
            if (!style.isEmpty()) {
                all.addArray()
                        .add(tokens.get(i).start())
                        .add(tokens.get(i).end())
                        .add(style);
            }
        }
        return all;
    }

    /** Returns the errors and warnings of a text, and the controls of its parameters. */
    ObjectNode check(String text) {
        ScriptAnalysis analysis = analysis(text);
        ObjectNode answer = MessageJson.object();
        answer.set("findings", PageFindings.of(analysis.findings(), Tab.SCRIPT));
        answer.set("parameters", Slider.of(analysis.program()));
        return answer;
    }

    private ScriptAnalysis analysis(String text) {
        return DeepStack.run(() -> pipeline.analysis(new Source(Tab.SCRIPT, text)));
    }

    /** Returns the completions at a position, and the place that a chosen one replaces. */
    ObjectNode completions(String text, int position, Path folder) {
        String before = text.substring(0, Math.clamp(position, 0, text.length()));
        CompletionContext context = CompletionContext.inScript(before);
        ObjectNode answer = MessageJson.object()
                .put("start", before.length() - context.prefix().length())
                .put("end", before.length());
        ArrayNode offers = answer.putArray("offers");
        if (!CompletionContext.isInComment(before) && !leadsOutside(context)) {
            ScriptNames names = new ScriptNames(analysis(text), manual, before.length());
            new CompletionCandidates(names, folder)
                    .at(context).stream().limit(MOST_OFFERS).forEach(offer -> offers.addObject()
                            .put("text", offer.text())
                            .put("shown", offer.shown())
                            .put("about", offer.about()));
        }
        return answer;
    }

    /** True for the beginning of a file's name that may lead out of the tab's folder. */
    private static boolean leadsOutside(CompletionContext context) {
        return switch (context) {
            case CompletionContext.OfFile(String prefix) -> isOutside(prefix);
            case CompletionContext.OfText(var callee, var parameter, String prefix) -> isOutside(prefix);
            default -> false;
        };
    }

    private static boolean isOutside(String prefix) {
        return prefix.contains("..")
                || prefix.startsWith("~")
                || prefix.contains("\\")
                || Path.of(prefix).isAbsolute();
    }
}
