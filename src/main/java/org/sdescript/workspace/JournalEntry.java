package org.sdescript.workspace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.plot.LayerValue;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * A completed statement of the session, as a script has it. Holds only text: the tree of an entry and its source would
 * hold everything ever typed in memory.
 *
 * @param text the statement with the comments above it
 * @param declared the name that the statement declares
 * @param reads the names that the statement reads
 * @param imported the file that the statement imports
 */
record JournalEntry(String text, Optional<String> declared, Set<String> reads, Optional<Imported> imported) {

    /** @param behind the text after the path: {@code  as name}, or empty */
    record Imported(Path file, String behind) {}

    /**
     * Records a statement. A value that the prompt showed becomes a call of {@code print} or {@code plot}.
     *
     * @param value the value of the statement
     */
    static JournalEntry of(Statement statement, Value value) {
        String comments = comments(statement.span());
        return new JournalEntry(
                comments + written(statement, value), declared(statement), reads(statement), imported(statement));
    }

    private static String written(Statement statement, Value value) {
        String text = statement.span().text();
        return switch (statement) {
            case Statement.Evaluate alone when value instanceof LayerValue -> "plot(" + text + ")";
            case Statement.Evaluate alone when value != Value.None.NONE -> "print(" + text + ")";
            default -> text;
        };
    }

    /** The comment lines directly above a statement, if the statement is the first of its line. */
    private static String comments(Span place) {
        int line = place.line();
        int first = line;
        Source source = place.source();
        if (!source.text().substring(source.lineStart(line), place.start()).isBlank()) {
            return "";
        }
        while (first > 1 && source.lineText(first - 1).strip().startsWith("#")) {
            first--;
        }
        StringBuilder text = new StringBuilder();
        for (int each = first; each < line; each++) {
            text.append(source.lineText(each).strip()).append('\n');
        }
        return text.toString();
    }

    private static Optional<String> declared(Statement statement) {
        return switch (statement) {
            case Statement.Declaration declaration -> Optional.of(declaration.name());
            case Statement.SdeDeclaration declaration -> Optional.of(declaration.name());
            case Statement.Param param -> Optional.of(param.name());
            default -> Optional.empty();
        };
    }

    private static Set<String> reads(Statement statement) {
        return Children.all(statement)
                .filter(Expression.Name.class::isInstance)
                .map(node -> ((Expression.Name) node).name())
                .map(String::intern)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Imported> imported(Statement statement) {
        if (!(statement instanceof Statement.Import module)) {
            return Optional.empty();
        }
        Path file = Path.of(module.span().source().name())
                .resolveSibling(module.path())
                .toAbsolutePath()
                .normalize();
        return Optional.of(
                new Imported(file, module.alias().map(alias -> " as " + alias).orElse("")));
    }

    /** The text for a script in the given folder; the path of an import is relative to that folder. */
    String textFrom(Path folder) {
        return imported.map(module -> "import \""
                        + folder.toAbsolutePath()
                                .normalize()
                                .relativize(module.file())
                                .toString()
                                .replace('\\', '/')
                        + "\"" + module.behind())
                .orElse(text);
    }
}
