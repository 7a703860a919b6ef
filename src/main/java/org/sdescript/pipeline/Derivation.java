package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.process.FormSteps;
import org.sdescript.process.Process;
import org.sdescript.process.ReversalSteps;
import org.sdescript.process.TransitionSteps;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Span;

/**
 * The derivations for one {@code sde} of a script, with its default parameters.
 *
 * @param parts form, reverse, flow, transition and prior
 */
public record Derivation(Process process, List<Part> parts) {

    /** One derivation: done, or refused for a reason. */
    public sealed interface Part {
        record Done(String what, Explanation explanation) implements Part {}

        record Refused(String what, String reason) implements Part {}

        String what();
    }

    public Derivation {
        parts = List.copyOf(parts);
    }

    /** The names of the processes that a script declares. */
    public static List<String> names(Program program) {
        return program.statements().stream()
                .filter(Statement.SdeDeclaration.class::isInstance)
                .map(statement -> ((Statement.SdeDeclaration) statement).name())
                .toList();
    }

    /** Derives the named processes. Runs only the script's declarations. */
    public static List<Derivation> of(
            Pipeline pipeline, Program program, Path file, List<String> names, Session session) {
        names.forEach(name -> requireDefaults(name, program));
        List<Statement> statements = new ArrayList<>(program.declarations().statements());
        names.forEach(name -> statements.add(instance(name, program.span())));
        Environment module =
                pipeline.run(new Program(statements, program.span()), file, ScriptParameters.of(Map.of()), session);
        return names.stream()
                .map(name -> of(((ProcessValue) module.bound(name)).process()))
                .toList();
    }

    /**
     * Derives the process that an expression gives; empty if the value is no process.
     *
     * @param context the statements that bind the names of the expression; they run first
     */
    public static Optional<Derivation> of(
            Pipeline pipeline,
            Program context,
            Path file,
            Expression process,
            ScriptParameters parameters,
            Session session) {
        RunningScript script = pipeline.bind(file, parameters, session);
        script.run(context);
        Value value = script.interpreter().evaluate(process, script.module());
        Value made = value instanceof ProcessDeclaration declared
                ? script.interpreter().call(declared, process.span())
                : value;
        return made instanceof ProcessValue formed ? Optional.of(of(formed.process())) : Optional.empty();
    }

    /** Throws if a parameter has no default: a derivation has no caller to supply a value. */
    private static void requireDefaults(String name, Program program) {
        program.statements().stream()
                .filter(Statement.SdeDeclaration.class::isInstance)
                .map(Statement.SdeDeclaration.class::cast)
                .filter(declared -> declared.name().equals(name))
                .flatMap(declared -> declared.parameters().stream())
                .filter(parameter -> parameter.defaultValue().isEmpty())
                .findFirst()
                .ifPresent(parameter -> {
                    throw Diagnostic.error(
                                    "E0306",
                                    parameter.span(),
                                    name + " is derived with its default parameters, and `" + parameter.name()
                                            + "` has none")
                            .help("give it one, `" + parameter.name() + " = 1`")
                            .raise();
                });
    }

    private static Statement instance(String name, Span span) {
        Expression call = new Expression.Call(new Expression.Name(name, span), List.of(), span);
        return new Statement.Bind(List.of(new Statement.Target(name, span)), call, span);
    }

    private static Derivation of(Process p) {
        return new Derivation(
                p,
                List.of(
                        part("process", () -> FormSteps.of(p)),
                        part("reverse", () -> ReversalSteps.reverse(p)),
                        part("flow", () -> ReversalSteps.flow(p)),
                        part("transition", () -> TransitionSteps.of(p)),
                        part("prior", () -> TransitionSteps.prior(p))));
    }

    private static Part part(String what, Supplier<Explanation> derived) {
        try {
            return new Part.Done(what, derived.get());
        } catch (SdeError refused) {
            return new Part.Refused(what, refused.getMessage());
        }
    }
}
