package org.sdescript.site;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Renders blocks of code; those of the language, marked by {@code sde}, have colours. */
final class CodeBlocks implements NodeRenderer {
    private final HtmlWriter html;

    CodeBlocks(HtmlNodeRendererContext context) {
        html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(FencedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
        FencedCodeBlock block = (FencedCodeBlock) node;
        boolean script = block.getInfo().equals("sde") || block.getInfo().startsWith("sde ");
        html.line();
        html.tag("pre", script ? Map.of("class", block.getInfo()) : Map.of());
        html.tag("code");
        if (script) {
            html.raw(ScriptHtml.of(block.getLiteral()));
        } else {
            html.text(block.getLiteral());
        }
        html.tag("/code");
        html.tag("/pre");
        html.line();
    }
}
