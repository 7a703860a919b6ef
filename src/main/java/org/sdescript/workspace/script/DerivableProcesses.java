package org.sdescript.workspace.script;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Statement;
import org.sdescript.check.Kind;
import org.sdescript.check.StaticValue;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Derivation;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Session;
import org.sdescript.source.Source;

/** The derivations of all processes that a script, which may have errors, declares or binds. */
public final class DerivableProcesses {
    private final Pipeline pipeline;
    private final Manual manual;
    private final LibraryDeclarations library;

    public DerivableProcesses(Pipeline pipeline, Manual manual) {
        this.pipeline = pipeline;
        this.manual = manual;
        this.library = new LibraryDeclarations(pipeline);
    }

    /** Derives one process in a session; throws the script's error. */
    public interface Query {
        Optional<Derivation> in(Session session, Map<String, String> parameters);
    }

    /**
     * Returns a query for each process, by name, in the order of the text. A process is left out if work that may take
     * long, such as training, decides what it is.
     */
    public Map<String, Query> of(String name, String text) {
        ScriptText open = new ScriptText(new Source(name, text), pipeline, manual);
        Map<String, Query> queries = new LinkedHashMap<>();
        open.analysis().program().statements().stream()
                .flatMap(statement -> names(statement, open))
                .distinct()
                .forEach(process -> ProcessContext.named(open, library, process)
                        .ifPresent(context -> queries.put(process, query(context))));
        return queries;
    }

    private Query query(ProcessContext context) {
        return (session, parameters) -> Derivation.of(
                pipeline.declaring(),
                context.statements(),
                Path.of(context.process().span().source().name()),
                context.process(),
                ScriptParameters.of(parameters),
                session);
    }

    private static Stream<String> names(Statement statement, ScriptText text) {
        return switch (statement) {
            case Statement.SdeDeclaration declared -> Stream.of(declared.name());
            case Statement.Bind(List<Statement.Target> targets, var value, var span)
            when targets.size() == 1 && isProcess(targets.getFirst(), text) ->
                Stream.of(targets.getFirst().name());
            default -> Stream.empty();
        };
    }

    private static boolean isProcess(Statement.Target target, ScriptText text) {
        return text.analysis()
                .known(target.name(), text.source().text().length())
                .map(StaticValue::kind)
                .filter(Kind.PROCESS::equals)
                .isPresent();
    }
}
