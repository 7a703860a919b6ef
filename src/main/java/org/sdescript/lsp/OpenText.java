package org.sdescript.lsp;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.Position;
import org.jspecify.annotations.Nullable;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptAnalysis;
import org.sdescript.source.Source;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.ScriptNames;
import org.sdescript.workspace.script.ScriptText;

/** One version of a text in the editor. */
final class OpenText extends ScriptText {
    private final String uri;
    private final int version;
    private final Optional<Path> file;
    private final Manual library;
    private final AtomicReference<@Nullable ScriptAnalysis> latest;
    private @Nullable List<EditorToken> tokens;

    /**
     * @param library the manual of the library
     * @param latest the last analysis of any version of the text, for as long as imported files stay as they are
     */
    OpenText(
            String uri,
            int version,
            String text,
            Pipeline pipeline,
            Manual library,
            AtomicReference<@Nullable ScriptAnalysis> latest) {
        super(new Source(file(uri).map(Path::toString).orElse(uri), text), pipeline, library);
        this.uri = uri;
        this.version = version;
        this.library = library;
        this.latest = latest;
        this.file = file(uri).map(OpenText::real);
    }

    /** The file that an address names; empty for a text that is no file. */
    static Optional<Path> file(String uri) {
        try {
            return uri.startsWith("file:") ? Optional.of(Path.of(URI.create(uri))) : Optional.empty();
        } catch (IllegalArgumentException | FileSystemNotFoundException malformed) {
            return Optional.empty();
        }
    }

    /** The path of a file without symbolic links; as far as the file does not exist, the path as it is written. */
    static Path real(Path file) {
        Path written = file.toAbsolutePath().normalize();
        try {
            return written.toRealPath();
        } catch (IOException missing) {
            Path parent = written.getParent();
            return parent == null ? written : real(parent).resolve(written.getFileName());
        }
    }

    /** The address as the editor wrote it. */
    String uri() {
        return uri;
    }

    int version() {
        return version;
    }

    /** True if the text is that of a file, given by its {@linkplain #real real path}. */
    boolean isOf(Path real) {
        return file.filter(real::equals).isPresent();
    }

    /** False if the text certainly imports no file. */
    boolean mayImport() {
        return source().text().contains("import");
    }

    /** The folder from which the script's relative names of files are resolved. */
    Path folder() {
        Path parent = file(uri).map(Path::getParent).orElse(null);
        return parent == null ? Path.of("") : parent;
    }

    @Override
    protected void analysed(ScriptAnalysis found) {
        latest.set(found);
    }

    /** The last analysis of any version of this text. */
    AtomicReference<@Nullable ScriptAnalysis> latest() {
        return latest;
    }

    /**
     * The names that the line at an offset sees, as {@link #namesAt}. Analyses only the lines that changed since the
     * last analysis where that gives the same answer, since completion asks after each key.
     */
    ScriptNames namesAfterKey(int offset) {
        ScriptAnalysis before = isAnalysed() ? null : latest.get();
        return Optional.ofNullable(before)
                .flatMap(known -> pipeline().changed(known, source(), offset))
                .map(lines -> new ScriptNames(lines.analysis(), library, offset - lines.start()))
                .orElseGet(() -> namesAt(offset));
    }

    int offset(Position position) {
        return Positions.offset(source(), position);
    }

    synchronized List<EditorToken> tokens() {
        if (tokens == null) {
            tokens = EditorToken.of(source().text());
        }
        return tokens;
    }
}
