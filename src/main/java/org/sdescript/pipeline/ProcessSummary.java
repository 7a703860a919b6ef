package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/**
 * A process in a few lines: its equation, reverse, flow, transition and prior, each as {@code print} shows it.
 *
 * @param lines the parts in this order; a part that does not exist has the reason as its text
 */
public record ProcessSummary(List<Line> lines) {
    private static final String PROCESS = "process";
    private static final Map<String, String> PARTS = parts();

    /** @param refused true if the text is the reason why the part does not exist */
    public record Line(String what, String text, boolean refused) {}

    public ProcessSummary {
        lines = List.copyOf(lines);
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(PROCESS, PROCESS);
        parts.put("reverse", "reverse(process)");
        parts.put("flow", "flow(process)");
        parts.put("transition", "process.transition");
        parts.put("prior", "process.prior");
        return parts;
    }

    /**
     * Summarises the process that an expression gives; empty if the value is no process.
     *
     * @param context the statements that bind the names of the expression; they run first
     */
    public static Optional<ProcessSummary> of(
            Pipeline pipeline, Program context, Path file, Expression process, Session session) {
        RunningScript script = pipeline.bind(file, ScriptParameters.of(Map.of()), session);
        script.run(context);
        Interpreter interpreter = script.interpreter();
        Value value = interpreter.evaluate(process, script.module());
        Value made = value instanceof ProcessDeclaration declared ? interpreter.call(declared, process.span()) : value;
        if (!(made instanceof ProcessValue)) {
            return Optional.empty();
        }
        Environment names = interpreter.root().module();
        names.bind(PROCESS, made);
        List<Line> lines = new ArrayList<>();
        PARTS.forEach((what, expression) -> lines.add(line(what, expression, interpreter, names)));
        return Optional.of(new ProcessSummary(lines));
    }

    private static Line line(String what, String expression, Interpreter interpreter, Environment names) {
        try {
            return new Line(what, ValueText.show(interpreter.evaluate(parsed(expression), names)), false);
        } catch (SdeError refused) {
            return new Line(what, refused.getMessage(), true);
        }
    }

    private static Expression parsed(String expression) {
        Statement statement = Parser.parse(new Source("summary", expression))
                .orThrow()
                .statements()
                .getFirst();
        return ((Statement.Evaluate) statement).expression();
    }
}
