package org.sdescript.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.sdescript.ast.Statement;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Span;

/** A declared {@code sde}: a call with its parameters returns a process. */
public record ProcessDeclaration(
        Statement.SdeDeclaration declaration, SlotTable signature, Environment scope, Map<String, Value> configuration)
        implements Callable {

    public static ProcessDeclaration of(Statement.SdeDeclaration declaration, Environment scope) {
        SlotTable signature = SlotTable.of(org.sdescript.check.Signature.of(declaration));
        return new ProcessDeclaration(declaration, signature, scope, Map.of());
    }

    /** Returns the declaration with a more precise signature. */
    public ProcessDeclaration taking(org.sdescript.check.Signature known) {
        return new ProcessDeclaration(declaration, SlotTable.of(known), scope, configuration);
    }

    @Override
    public Kind kind() {
        return Kind.SDE;
    }

    @Override
    public ProcessDeclaration configured(Map<String, Value> given) {
        return new ProcessDeclaration(declaration, signature, scope, given);
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        Environment local = interpreter.enter(signature, binding.given(), scope, arguments.span());
        try {
            return interpreter.processes().process(configured(binding.given()), local, interpreter);
        } catch (SdeError error) {
            throw ofShape(error, binding.given(), interpreter.tensors(), arguments.span());
        }
    }

    /** Returns an error at the call if a formula took a parameter that is a tensor of more than one number. */
    private SdeError ofShape(SdeError error, Map<String, Value> given, Tensors tensors, Span call) {
        Diagnostic first = error.diagnostics().getFirst();
        String formula = first.span().map(Span::text).orElse("");
        return given.entrySet().stream()
                .filter(each -> Tensors.isTensor(each.getValue())
                        && tensors.shape(each.getValue()).rank() > 0
                        && first.message().equals(Formulas.refusal(each.getValue())))
                .min(Comparator.comparing(each -> !formula.matches("(?sU).*\\b" + each.getKey() + "\\b.*")))
                .map(each -> Diagnostic.error(
                                Formulas.NO_PART,
                                call,
                                "`" + each.getKey() + "` of " + declaration.name() + " is a tensor of shape "
                                        + tensors.shape(each.getValue()) + ", and its formulas take one number")
                        .note(first.span()
                                .map(place -> "line " + place.line() + " of the declaration has the formula")
                                .orElse(first.message()))
                        .help("a parameter of a process is a number or a tensor of shape [], such as `" + each.getKey()
                                + "[0]`; every component of a sample has the same equation")
                        .raise())
                .orElse(error);
    }

    @Override
    public List<Value> children() {
        return List.copyOf(configuration.values());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessDeclaration its
                && its.declaration == declaration
                && its.scope == scope
                && its.configuration.equals(configuration);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(declaration);
    }

    @Override
    public String toString() {
        return show();
    }
}
