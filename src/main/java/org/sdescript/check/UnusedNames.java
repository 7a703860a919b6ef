package org.sdescript.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.ast.Children;
import org.sdescript.ast.Program;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/**
 * Warns of names that are bound and never read. Exempt are: the declarations of a file; the variables and parameters of
 * a callable, because its callers decide the arguments; loop variables; names that begin with {@code _}. If a statement
 * binds several names, one that is read is enough.
 */
final class UnusedNames {
    /** Local names of a process with a meaning of their own. */
    private static final Set<String> MEANT = Set.of("prior", "start");

    private final boolean imported;
    private final List<Diagnostic> found = new ArrayList<>();

    /** @param imported true if other files may read the names of this file */
    UnusedNames(boolean imported) {
        this.imported = imported;
    }

    List<Diagnostic> of(Program program) {
        if (!imported && isScript(program)) {
            unused(ScopeStatements.of(program));
        }
        ScopeStatements.bodies(program).forEach(this::unused);
        Children.all(program)
                .filter(Statement.SdeDeclaration.class::isInstance)
                .map(Statement.SdeDeclaration.class::cast)
                .forEach(this::unused);
        return found;
    }

    /** True if a statement is evaluated for its effect; a file that only binds and declares is a library. */
    private static boolean isScript(Program program) {
        return ScopeStatements.of(program).flat().stream().anyMatch(Statement.Evaluate.class::isInstance);
    }

    private void unused(ScopeStatements surface) {
        Set<String> read = ReadNames.of(surface.whole());
        Set<String> told = new HashSet<>();
        for (Statement statement : surface.flat()) {
            switch (statement) {
                case Statement.Bind bind -> {
                    if (bind.targets().stream().noneMatch(target -> read.contains(target.name()))) {
                        bind.targets().forEach(target -> name(target.name(), target.span(), told));
                    }
                }
                case Statement.Param param -> {
                    if (!read.contains(param.name())) {
                        found.add(Diagnostic.warning(
                                        "W0304", param.nameSpan(), "the param `" + param.name() + "` is never used")
                                .label("--" + param.name() + " changes nothing"));
                    }
                }
                case Statement.Import module ->
                    module.alias()
                            .filter(alias -> !read.contains(alias))
                            .ifPresent(alias -> name(alias, module.span(), told));
                default -> {}
            }
        }
    }

    private void name(String name, Span span, Set<String> told) {
        if (!name.startsWith("_") && told.add(name)) {
            found.add(Diagnostic.warning("W0303", span, "`" + name + "` is never used")
                    .help("leave it out, or call it `_" + name + "`"));
        }
    }

    /**
     * Reports an unread local value. {@code dy = -x}, without a differential, binds a name, but may be meant as an
     * equation.
     */
    private void value(String name, Span span) {
        if (name.length() == 2 && name.startsWith("d")) {
            found.add(Diagnostic.warning("W0303", span, "`" + name + "` is never used")
                    .help("an equation ends each term in `dt` or a noise: `" + name + " = … dt`"));
        } else {
            name(name, span, new HashSet<>());
        }
    }

    private void unused(Statement.SdeDeclaration sde) {
        Set<String> read = ReadNames.of(sde);
        sde.parameters().stream()
                .filter(parameter -> !read.contains(parameter.name()))
                .forEach(parameter -> name(parameter.name(), parameter.span(), new HashSet<>()));
        for (SdeItem item : sde.items()) {
            switch (item) {
                case SdeItem.LocalValue local -> {
                    if (!read.contains(local.name()) && !MEANT.contains(local.name())) {
                        value(local.name(), local.nameSpan());
                    }
                }
                case SdeItem.LocalFunction local -> {
                    if (!read.contains(local.name())) {
                        name(local.name(), local.nameSpan(), new HashSet<>());
                    }
                }
                default -> {}
            }
        }
    }
}
