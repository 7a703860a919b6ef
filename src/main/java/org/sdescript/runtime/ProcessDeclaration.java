package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import org.sdescript.ast.Statement;

/** A declared {@code sde}: called with parameters, it is a process. */
public record ProcessDeclaration(
        Statement.SdeDeclaration declaration, Environment scope, Map<String, Value> configuration) implements Callable {

    @Override
    public String kind() {
        return "an sde";
    }

    @Override
    public Signature signature() {
        return Signature.of(declaration.name(), List.of(), declaration.parameters());
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return new ProcessDeclaration(declaration, scope, given);
    }

    @Override
    public Value invoke(Interpreter interpreter, Binding binding, Arguments arguments) {
        Environment local = interpreter.enter(signature(), binding.given(), scope, arguments.span());
        return ProcessValue.of(new ProcessFormation(interpreter, declaration, local).form());
    }

    @Override
    public List<Value> children() {
        return List.copyOf(configuration.values());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessDeclaration(var its, var itsScope, var itsConfiguration)
                && its == declaration
                && itsScope == scope
                && itsConfiguration.equals(configuration);
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
