package org.sdescript.runtime;

/** Makes the process of a called {@code sde}. */
@FunctionalInterface
public interface ProcessFactory {

    /** @param local the scope of the call, with all parameters bound */
    Value process(ProcessDeclaration called, Environment local, Interpreter interpreter);
}
