package org.sdescript.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Expression;
import org.sdescript.check.Signature.Slot;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Endings;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/** Compares the arguments of a call with what the callable takes. */
final class CallCheck {
    private final String name;
    private final Signature signature;
    private final Findings findings;

    CallCheck(String name, Signature signature, Findings findings) {
        this.name = name;
        this.signature = signature;
        this.findings = findings;
    }

    void check(Expression.Call call) {
        List<Argument> positional = call.arguments().stream()
                .filter(argument -> argument.name().isEmpty())
                .toList();
        List<Slot> open = signature.variadic() ? signature.variables() : signature.slots();
        Set<String> given =
                open.stream().limit(positional.size()).map(Slot::name).collect(Collectors.toCollection(HashSet::new));
        boolean tooMany =
                !signature.variadic() && positional.size() > signature.slots().size();
        if (tooMany) {
            tooMany(positional.get(signature.slots().size()), positional.size());
        }
        boolean sound = call.arguments().stream()
                .filter(argument -> argument.name().isPresent())
                .map(argument -> named(argument, argument.name().get(), given))
                .reduce(true, Boolean::logicalAnd);
        if (sound && !tooMany && !signature.variadic()) {
            missing(call, given);
        }
        signature.files().forEach((slot, endings) -> file(call, slot, endings, open));
    }

    /** The name of a file is looked at now: the run may take hours before it is written. */
    private void file(Expression.Call call, String slot, Endings endings, List<Slot> open) {
        int passed = 0;
        for (Argument argument : call.arguments()) {
            String name = argument.name()
                    .orElse(passed < open.size() ? open.get(passed).name() : "");
            passed += argument.name().isEmpty() ? 1 : 0;
            if (name.equals(slot)
                    && argument.value() instanceof Expression.Text(var parts, Span span)
                    && parts.size() == 1
                    && parts.getFirst() instanceof Expression.TextPart.Literal(String text)) {
                endings.refused(text, span).ifPresent(findings::add);
            }
        }
    }

    private Diagnostic says(Diagnostic diagnostic) {
        return diagnostic.note(name + " takes " + signature.shown());
    }

    private void tooMany(Argument first, int count) {
        int room = signature.slots().size();
        findings.add(says(Diagnostic.error(
                        "E0304",
                        first.span(),
                        name + " takes " + room + (room == 1 ? " value" : " values") + ", here are " + count)
                .label("one too many")));
    }

    private boolean named(Argument argument, String parameter, Set<String> given) {
        if (signature.slot(parameter).isEmpty()) {
            if (!signature.variadic() || !signature.slots().isEmpty()) {
                unknown(argument, parameter);
            }
            return false;
        }
        if (!given.add(parameter)) {
            findings.add(says(Diagnostic.error(
                    "E0305", argument.span(), "`" + parameter + "` is given twice in this call of " + name)));
            return false;
        }
        return true;
    }

    private void unknown(Argument argument, String parameter) {
        List<String> known = signature.slots().stream().map(Slot::name).toList();
        Diagnostic diagnostic =
                says(Diagnostic.error("E0303", argument.span(), name + " has no parameter `" + parameter + "`"));
        findings.add(Spelling.nearest(parameter, known)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic));
    }

    /**
     * A call without any variable configures, and what it leaves out may come later. Only a function must have all its
     * variables at once; the other kinds may give a call that lacks some a meaning.
     */
    private void missing(Expression.Call call, Set<String> given) {
        boolean some = signature.variables().stream().anyMatch(slot -> given.contains(slot.name()));
        List<Slot> lacking = signature.slots().stream()
                .filter(slot -> slot.required() && !given.contains(slot.name()))
                .toList();
        boolean lacksVariable = lacking.stream().anyMatch(signature.variables()::contains);
        boolean configures = !signature.variables().isEmpty() && !some;
        if (lacking.isEmpty() || configures || lacksVariable && !signature.isFunction()) {
            return;
        }
        String names = lacking.stream().map(slot -> "`" + slot.name() + "`").collect(Collectors.joining(", "));
        findings.add(says(Diagnostic.error("E0306", call.span(), "this call of " + name + " lacks " + names)));
    }
}
