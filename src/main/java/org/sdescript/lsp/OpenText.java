package org.sdescript.lsp;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Position;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.check.Signature;
import org.sdescript.check.StaticValue;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptAnalysis;
import org.sdescript.source.Source;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.ScriptNames;

/** One version of a text in the editor. Everything derived from the text is computed once, on first use. */
final class OpenText {
    private final String uri;
    private final int version;
    private final Source source;
    private final Pipeline pipeline;
    private final Manual library;
    private @Nullable ScriptAnalysis analysis;
    private @Nullable NameTable names;
    private @Nullable Manual manual;
    private @Nullable List<EditorToken> tokens;

    /** @param library the manual of the library */
    OpenText(String uri, int version, String text, Pipeline pipeline, Manual library) {
        this.uri = uri;
        this.version = version;
        this.source = new Source(file(uri).map(Path::toString).orElse(uri), text);
        this.pipeline = pipeline;
        this.library = library;
    }

    /** The file that an address names; empty for a text that is no file. */
    static Optional<Path> file(String uri) {
        try {
            return uri.startsWith("file:") ? Optional.of(Path.of(URI.create(uri))) : Optional.empty();
        } catch (IllegalArgumentException | FileSystemNotFoundException malformed) {
            return Optional.empty();
        }
    }

    String uri() {
        return uri;
    }

    int version() {
        return version;
    }

    Source source() {
        return source;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** False if the text certainly imports no file. */
    boolean mayImport() {
        return source.text().contains("import");
    }

    /** The folder from which the script's relative names of files are resolved. */
    Path folder() {
        Path parent = file(uri).map(Path::getParent).orElse(null);
        return parent == null ? Path.of("") : parent;
    }

    int offset(Position position) {
        return Positions.offset(source, position);
    }

    synchronized ScriptAnalysis analysis() {
        if (analysis == null) {
            analysis = pipeline.analysis(source);
        }
        return analysis;
    }

    synchronized NameTable names() {
        if (names == null) {
            names = NameTable.of(analysis().program(), this::declaredName);
        }
        return names;
    }

    /** The manual with the script's own declarations. */
    synchronized Manual manual() {
        if (manual == null) {
            manual = library.with(analysis().program());
        }
        return manual;
    }

    synchronized List<EditorToken> tokens() {
        if (tokens == null) {
            tokens = EditorToken.of(source.text());
        }
        return tokens;
    }

    /** The names that the line at an offset sees. */
    ScriptNames namesAt(int offset) {
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
    static Optional<List<String>> path(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> Optional.of(List.of(name.name()));
            case Expression.Field field ->
                path(field.target()).map(owner -> {
                    List<String> path = new java.util.ArrayList<>(owner);
                    path.add(field.field());
                    return path;
                });
            default -> Optional.empty();
        };
    }
}
