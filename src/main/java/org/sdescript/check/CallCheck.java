package org.sdescript.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Expression;
import org.sdescript.check.Signature.Slot;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/** Checks the arguments of a call against the signature of the callable. */
final class CallCheck {
    private final StaticValue callee;
    private final Signature signature;
    private final Function<Expression, Optional<StaticValue>> facts;
    private final Findings findings;

    CallCheck(
            StaticValue callee,
            Signature signature,
            Function<Expression, Optional<StaticValue>> facts,
            Findings findings) {
        this.callee = callee;
        this.signature = signature;
        this.facts = facts;
        this.findings = findings;
    }

    void check(Expression.Call call) {
        ArgumentMatch filling = ArgumentMatch.of(call, signature, callee);
        boolean fits = positions(call) & names(call);
        if (fits && !signature.variadic()) {
            missing(call, filling);
        }
        filling.given().forEach((name, argument) -> wanted(signature.slot(name).orElseThrow(), argument));
        guards(call, filling);
        Function<String, Optional<StaticValue>> given = name ->
                Optional.ofNullable(filling.given().get(name)).flatMap(argument -> facts.apply(argument.value()));
        signature.checks().forEach((slot, check) -> Optional.ofNullable(
                        filling.given().get(slot))
                .flatMap(argument -> check.refusal(argument.value(), given))
                .ifPresent(findings::add));
    }

    private Diagnostic says(Diagnostic diagnostic) {
        return diagnostic.note(signature.name() + " takes " + signature.shown());
    }

    private boolean positions(Expression.Call call) {
        List<Argument> positional = ArgumentMatch.positional(call);
        int room = signature.slots().size();
        if (signature.variadic() || positional.size() <= room) {
            return true;
        }
        Diagnostic error = says(Diagnostic.error(
                        "E0304",
                        positional.get(room).span(),
                        signature.name() + " takes " + room + (room == 1 ? " value" : " values") + ", here are "
                                + positional.size())
                .label("one too many"));
        findings.add(ForeignCalls.sizes(
                        signature.name(),
                        signature.slots().stream().map(Slot::name).toList(),
                        positional.stream().map(each -> each.span().text()).toList())
                .or(() -> ForeignNames.parameter(signature.name(), "size", List.of(), "…"))
                .map(error::help)
                .orElse(error));
        return false;
    }

    private boolean names(Expression.Call call) {
        List<Slot> open = signature.variadic() ? signature.variables() : signature.slots();
        Set<String> given = open.stream()
                .limit(ArgumentMatch.positional(call).size())
                .map(Slot::name)
                .collect(Collectors.toCollection(HashSet::new));
        return call.arguments().stream()
                .filter(argument -> argument.name().isPresent())
                .map(argument -> named(argument, argument.name().get(), given))
                .reduce(true, Boolean::logicalAnd);
    }

    private boolean named(Argument argument, String parameter, Set<String> given) {
        if (signature.slot(parameter).isEmpty()) {
            unknown(argument, parameter);
            return false;
        }
        if (!given.add(parameter)) {
            findings.add(says(Diagnostic.error(
                    "E0305",
                    argument.span(),
                    "`" + parameter + "` is given twice in this call of " + signature.name())));
            return false;
        }
        return true;
    }

    private void unknown(Argument argument, String parameter) {
        List<String> known = signature.slots().stream().map(Slot::name).toList();
        Diagnostic diagnostic = says(
                Diagnostic.error("E0303", argument.span(), signature.name() + " has no parameter `" + parameter + "`"));
        findings.add(ForeignNames.parameter(
                        signature.name(),
                        parameter,
                        known,
                        argument.value().span().text())
                .map(diagnostic::help)
                .or(() -> Spelling.nearestOfFew(parameter, known)
                        .map(near -> diagnostic.meant(near).fix(name(argument.span(), parameter), near)))
                .orElse(diagnostic));
    }

    /** The name before the {@code =} of an argument. */
    private static Span name(Span argument, String name) {
        return argument.source().span(argument.start(), argument.start() + name.length());
    }

    /**
     * Reports missing arguments. A call without any variable only configures, so later calls may supply the rest. Only
     * a function needs all its variables at once; the other kinds may give a meaning to a call that lacks some.
     */
    private void missing(Expression.Call call, ArgumentMatch filling) {
        List<Slot> lacking = signature.slots().stream()
                .filter(slot -> slot.required()
                        && !filling.given().containsKey(slot.name())
                        && !callee.configured().contains(slot.name()))
                .toList();
        boolean lacksVariable = lacking.stream().anyMatch(signature.variables()::contains);
        if (lacking.isEmpty() || !filling.complete() || lacksVariable && !signature.isFunction()) {
            return;
        }
        String names = lacking.stream().map(slot -> "`" + slot.name() + "`").collect(Collectors.joining(", "));
        findings.add(
                says(Diagnostic.error("E0306", call.span(), "this call of " + signature.name() + " lacks " + names)));
    }

    private void wanted(Slot slot, Argument argument) {
        facts.apply(argument.value())
                .flatMap(value -> slot.wanted()
                        .refusal(
                                "`" + slot.name() + "` of " + signature.name(),
                                offer(value, argument.value()),
                                argument.value().span()))
                .ifPresent(findings::add);
    }

    private static ArgumentFacts offer(StaticValue known, Expression value) {
        return new ArgumentFacts(known.kind(), ConstantFolding.literal(value), room(known), value.span()::text);
    }

    private static OptionalInt room(StaticValue known) {
        return known.signature()
                .filter(taken -> !taken.variadic())
                .map(taken -> OptionalInt.of(taken.slots().size()))
                .orElse(OptionalInt.empty());
    }

    private void guards(Expression.Call call, ArgumentMatch filling) {
        Map<String, Optional<Constant>> given = new HashMap<>();
        callee.configured().forEach(name -> given.put(name, Optional.empty()));
        filling.given().forEach((name, argument) -> given.put(name, ConstantFolding.literal(argument.value())));
        Map<String, Constant> values = signature.values(given);
        for (Guard guard : signature.guards()) {
            guard.refusal(values)
                    .map(refusal -> Diagnostic.error("E0470", place(guard, call, filling), refusal))
                    .ifPresent(findings::add);
        }
    }

    /** The argument that the guard reads, or the call if the guard reads a default. */
    private static Span place(Guard guard, Expression.Call call, ArgumentMatch filling) {
        return filling.given().entrySet().stream()
                .filter(filled -> guard.reads(filled.getKey()))
                .map(filled -> filled.getValue().value().span())
                .findFirst()
                .orElse(call.span());
    }
}
