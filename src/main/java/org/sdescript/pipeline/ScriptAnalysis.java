package org.sdescript.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.check.CheckedProgram;
import org.sdescript.check.Globals;
import org.sdescript.check.ScopeFacts;
import org.sdescript.check.StaticValue;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.syntax.Parsed;

/** Everything that is known of a script before it runs. The script may have errors. */
public final class ScriptAnalysis {
    private final Parsed parsed;
    private final CheckedProgram checked;
    private final Globals library;
    private final CheckSession session;
    private @Nullable List<Diagnostic> findings;

    /**
     * @param checked the scopes of the statements without syntax errors
     * @param library the names of the language and its library
     * @param session the check of the script and of the files that it imports
     */
    private ScriptAnalysis(Parsed parsed, CheckedProgram checked, Globals library, CheckSession session) {
        this.parsed = parsed;
        this.checked = checked;
        this.library = library;
        this.session = session;
    }

    /** Checks a tree that may have errors. */
    static ScriptAnalysis of(Parsed tree, Globals library, ScriptReader reader) {
        CheckSession session = new CheckSession(library, reader);
        CheckedProgram checked = session.add(tree);
        if (!tree.lost().isEmpty()) {
            // a half-written line takes no facts from the names that it mentions
            checked = new CheckSession(library, reader).add(new Parsed(tree.program(), List.of(), Set.of()));
        }
        return new ScriptAnalysis(tree, checked, library, session);
    }

    /** The tree, with the names of the statements that could not be parsed. */
    public Parsed parsed() {
        return parsed;
    }

    /** The names that the script binds at its top level. */
    Globals names() {
        return checked.names();
    }

    /** The names that an import without alias binds; empty with an alias, or if the file has errors. */
    Set<String> brought(Statement.Import declared) {
        return declared.alias().isPresent()
                ? Set.of()
                : session.brought(declared, false).map(Globals::names).orElse(Set.of());
    }

    /** The names of the language and its library. */
    public Globals library() {
        return library;
    }

    /** The errors and warnings of the script and of the files that it imports. Warnings are computed on first use. */
    public synchronized List<Diagnostic> findings() {
        if (findings == null) {
            findings = session.findings();
        }
        return findings;
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
