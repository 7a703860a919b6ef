package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.ast.Node;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.process.Process;
import org.sdescript.process.Reversal;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.ProcessValue;
import org.sdescript.runtime.Session;
import org.sdescript.source.Span;

/** The forms between a script and its effects, as text. */
public final class Dump {
    private static final String STEP = "  ";

    private Dump() {}

    /** The syntax tree, a node a line, places left out. */
    public static String tree(Program program) {
        StringBuilder text = new StringBuilder();
        write(text, "", program, "");
        return text.toString();
    }

    private static void write(StringBuilder text, String label, Object part, String indent) {
        switch (part) {
            case Span span -> {}
            case Record node
            when node instanceof Node || node.getClass().getNestHost() != node.getClass() -> {
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

    /** What is derived of every {@code sde} a script declares, with its default parameters; nothing else is run. */
    public static String algebra(Pipeline pipeline, Program program, Path file, Session session) {
        List<Statement> declarations = program.statements().stream()
                .filter(statement -> statement instanceof Statement.Declaration
                        || statement instanceof Statement.SdeDeclaration
                        || statement instanceof Statement.Import
                        || statement instanceof Statement.Param)
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        List<String> names = program.statements().stream()
                .filter(Statement.SdeDeclaration.class::isInstance)
                .map(statement -> ((Statement.SdeDeclaration) statement).name())
                .toList();
        names.forEach(name -> declarations.add(instance(name, program.span())));
        Environment module =
                pipeline.run(new Program(declarations, program.span()), file, Parameters.of(Map.of()), session);
        return names.stream()
                .map(name -> derivations(((ProcessValue) module.own(name)).process()))
                .collect(Collectors.joining("\n"));
    }

    private static Statement instance(String name, Span span) {
        return new Statement.Bind(
                List.of(new Statement.Target(name, span)),
                new org.sdescript.ast.Expression.Call(
                        new org.sdescript.ast.Expression.Name(name, span), List.of(), span),
                span);
    }

    private static String derivations(Process process) {
        String transition;
        try {
            transition = process.transition() + "\nprior       " + process.prior();
        } catch (org.sdescript.diagnostic.SdeError none) {
            transition = none.getMessage();
        }
        return process.name() + "\nprocess     " + process + "\nreverse     " + Reversal.reverse(process)
                + "\nflow        " + Reversal.flow(process) + "\ntransition  " + transition + "\n";
    }
}
