package org.sdescript.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/**
 * Warns of values lost by overwriting: a loop opens no scope, so its variable overwrites an earlier binding; and an
 * argument is lost if the body binds the parameter's name before reading it.
 */
final class OverwrittenNames {
    private final List<Diagnostic> found = new ArrayList<>();

    List<Diagnostic> of(Program program) {
        loops(ScopeStatements.of(program));
        for (ScopeStatements body : ScopeStatements.bodies(program)) {
            loops(body);
            parameters(body);
        }
        return found;
    }

    private void loops(ScopeStatements surface) {
        Map<String, Span> before = new HashMap<>();
        surface.taken().forEach(parameter -> before.put(parameter.name(), parameter.span()));
        for (Statement statement : surface.flat()) {
            switch (statement) {
                case Statement.For loop -> loop.targets().forEach(target -> loopVariable(target, before));
                case Statement.Bind bind ->
                    bind.targets().forEach(target -> before.putIfAbsent(target.name(), target.span()));
                case Statement.Param param -> before.put(param.name(), param.nameSpan());
                case Statement.Declaration declared -> before.put(declared.name(), declared.nameSpan());
                case Statement.SdeDeclaration declared -> before.put(declared.name(), declared.nameSpan());
                default -> {}
            }
        }
    }

    private void loopVariable(Statement.Target target, Map<String, Span> before) {
        Span first = before.get(target.name());
        if (first != null && !target.name().startsWith("_")) {
            found.add(Diagnostic.warning("W0305", target.span(), "the loop overwrites `" + target.name() + "`")
                    .label("bound in line " + first.line() + " already")
                    .help("a loop has no scope of its own; give its variable another name"));
        }
    }

    /** Checks the body's outermost statements only, because a statement in a branch may not run. */
    private void parameters(ScopeStatements body) {
        Set<String> read = new HashSet<>(ReadNames.of(body.taken()));
        Set<String> open = new HashSet<>();
        body.taken().stream().map(Parameter::name).forEach(open::add);
        for (Statement statement : body.statements()) {
            read.addAll(ReadNames.of(statement));
            if (statement instanceof Statement.Bind bind) {
                bind.targets().stream()
                        .filter(target -> open.remove(target.name()) && !read.contains(target.name()))
                        .forEach(this::overwritten);
            }
        }
    }

    private void overwritten(Statement.Target target) {
        found.add(Diagnostic.warning("W0306", target.span(), "`" + target.name() + "` is overwritten before it is used")
                .label("the caller's value is lost here"));
    }
}
