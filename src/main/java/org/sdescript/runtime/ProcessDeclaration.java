package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import org.sdescript.ast.Statement;
import org.sdescript.check.Kind;

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
        return interpreter.processes().process(configured(binding.given()), local, interpreter);
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
