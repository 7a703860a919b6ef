package org.sdescript.pipeline;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.sdescript.ast.Statement;
import org.sdescript.check.BoundNames;
import org.sdescript.check.Globals;
import org.sdescript.source.Source;

/**
 * The analysis of the lines of a script that differ from an earlier version. The names of all other lines and the facts
 * about them come from the analysis of that version, so a key costs the parse and check of a few lines.
 *
 * <p>Names and facts are those that an analysis of the whole text gives, for the lines bind the same names with the same
 * facts as before, and no other line binds one of them.
 *
 * @param analysis the analysis of the lines alone, to which the names of the other lines are names of the library
 * @param start the offset of the lines in the text
 */
public record ChangedLines(ScriptAnalysis analysis, int start) {

    /** @param analysed analyses a text to which further names are known */
    static Optional<ChangedLines> of(
            ScriptAnalysis before, Source now, int offset, BiFunction<Source, Globals, ScriptAnalysis> analysed) {
        LineRange lines = LineRange.between(before.program(), now.text(), offset);
        List<Statement> replaced = lines.inside(before.program());
        List<Statement> others = lines.outside(before.program());
        Set<String> names = new HashSet<>(BoundNames.of(replaced));
        Set<String> otherNames = names(others, before);
        if (!lines.hold(before.parsed().diagnostics())
                || imports(replaced)
                || !Collections.disjoint(names, otherNames)) {
            return Optional.empty();
        }
        Globals known = before.library().and(before.names().without(names));
        String text = now.text().substring(lines.start(), lines.end());
        ScriptAnalysis analysis = analysed.apply(new Source(now.name(), text), known);
        return !imports(analysis.program().statements()) && bindsTheSame(analysis.names(), names, before.names())
                ? Optional.of(new ChangedLines(analysis, lines.start()))
                : Optional.empty();
    }

    /** True if the lines bind the given names and no others, with the facts of the earlier version. */
    private static boolean bindsTheSame(Globals lines, Set<String> names, Globals before) {
        return lines.names().equals(names)
                && names.stream().allMatch(name -> lines.known(name).equals(before.known(name)));
    }

    private static boolean imports(List<Statement> statements) {
        return statements.stream().anyMatch(Statement.Import.class::isInstance);
    }

    private static Set<String> names(List<Statement> statements, ScriptAnalysis script) {
        Set<String> names = new HashSet<>(BoundNames.of(statements));
        for (Statement statement : statements) {
            if (statement instanceof Statement.Import declared) {
                names.addAll(script.brought(declared));
            }
        }
        return names;
    }
}
