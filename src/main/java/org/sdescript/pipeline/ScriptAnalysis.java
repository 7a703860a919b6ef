package org.sdescript.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sdescript.ast.Program;
import org.sdescript.check.CheckedProgram;
import org.sdescript.check.Globals;
import org.sdescript.check.ScopeFacts;
import org.sdescript.check.StaticValue;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.syntax.Parsed;

/**
 * Everything that is known of a script before it runs. The script may have errors.
 *
 * @param checked the scopes and exports of the statements without syntax errors
 * @param library the names of the language and its library
 * @param findings the errors and warnings of the script and of the files that it imports
 */
public record ScriptAnalysis(Parsed parsed, CheckedProgram checked, Globals library, List<Diagnostic> findings) {
    public ScriptAnalysis {
        findings = List.copyOf(findings);
    }

    public Program program() {
        return parsed.program();
    }

    /** The names that a line at an offset may read: those of the scopes around it, and those of the library. */
    public Set<String> visible(int offset) {
        Set<String> names = new TreeSet<>(library.names());
        around(offset).forEach(scope -> names.addAll(scope.names().names()));
        return names;
    }

    /** The facts about a name as the line at an offset sees the name; empty if nothing is certain. */
    public Optional<StaticValue> known(String name, int offset) {
        return around(offset).reversed().stream()
                .filter(scope -> scope.names().names().contains(name))
                .findFirst()
                .map(ScopeFacts::names)
                .orElse(library)
                .known(name);
    }

    /** True if the script binds the name itself, in a scope around the offset. */
    public boolean binds(String name, int offset) {
        return around(offset).stream().anyMatch(scope -> scope.names().names().contains(name));
    }

    private List<ScopeFacts> around(int offset) {
        return checked.scopes().stream()
                .filter(scope ->
                        scope.span().start() <= offset && offset <= scope.span().end())
                .toList();
    }
}
