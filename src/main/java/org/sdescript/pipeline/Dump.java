package org.sdescript.pipeline;

import java.util.List;
import org.sdescript.ast.Program;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.source.Span;

/** The syntax tree of a script, as text. */
public final class Dump {
    private static final String STEP = "  ";

    private Dump() {}

    /** The syntax tree, one node per line, without positions. */
    public static String tree(Program program) {
        StringBuilder text = new StringBuilder();
        write(text, "", program, "");
        return text.toString();
    }

    private static void write(StringBuilder text, String label, Object part, String indent) {
        switch (part) {
            case Span span -> {}
            case Record node
            when node instanceof SyntaxNode || node.getClass().getNestHost() != node.getClass() -> {
                line(text, indent, label + node.getClass().getSimpleName());
                for (var component : node.getClass().getRecordComponents()) {
                    write(text, component.getName() + ": ", value(node, component), indent + STEP);
                }
            }
            case List<?> parts -> {
                if (!parts.isEmpty()) {
                    line(text, indent, label);
                    parts.forEach(each -> write(text, "- ", each, indent + STEP));
                }
            }
            case java.util.Optional<?> optional -> optional.ifPresent(each -> write(text, label, each, indent));
            default -> line(text, indent, label + part);
        }
    }

    private static Object value(Record node, java.lang.reflect.RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void line(StringBuilder text, String indent, String content) {
        text.append(indent).append(content).append('\n');
    }
}
