package org.sdescript.workspace.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.check.Signature;
import org.sdescript.check.StaticValue;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptAnalysis;
import org.sdescript.source.Source;
import org.sdescript.workspace.ScriptNames;

/** One version of a script's text. Everything derived from the text is computed once, on first use. */
public class ScriptText {
    private final Source source;
    private final Pipeline pipeline;
    private final Manual library;
    private @Nullable ScriptAnalysis analysis;
    private @Nullable NameTable names;
    private @Nullable Manual manual;

    /** @param library the manual of the library */
    public ScriptText(Source source, Pipeline pipeline, Manual library) {
        this.source = source;
        this.pipeline = pipeline;
        this.library = library;
    }

    public final Source source() {
        return source;
    }

    public final Pipeline pipeline() {
        return pipeline;
    }

    public final synchronized ScriptAnalysis analysis() {
        if (analysis == null) {
            analysis = pipeline.analysis(source);
            analysed(analysis);
        }
        return analysis;
    }

    /** Called once the text is analysed. */
    protected void analysed(ScriptAnalysis found) {}

    public final synchronized boolean isAnalysed() {
        return analysis != null;
    }

    public final synchronized NameTable names() {
        if (names == null) {
            names = NameTable.of(analysis().program(), this::declaredName);
        }
        return names;
    }

    /** The manual with the script's own declarations. */
    public final synchronized Manual manual() {
        if (manual == null) {
            manual = library.with(analysis().program());
        }
        return manual;
    }

    /** The names that the line at an offset sees. */
    public final ScriptNames namesAt(int offset) {
        return new ScriptNames(analysis(), library, offset);
    }

    /** The name of the declaration that a callee was made of, if the check knows the callee. */
    private Optional<String> declaredName(Expression callee, int offset) {
        return path(callee)
                .flatMap(path -> namesAt(offset).known(path))
                .flatMap(StaticValue::signature)
                .map(Signature::name);
    }

    /** The names joined by points that an expression consists of. */
    public static Optional<List<String>> path(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> Optional.of(List.of(name.name()));
            case Expression.Field field ->
                path(field.target()).map(owner -> {
                    List<String> path = new ArrayList<>(owner);
                    path.add(field.field());
                    return path;
                });
            default -> Optional.empty();
        };
    }
}
