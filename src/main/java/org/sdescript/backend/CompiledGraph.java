package org.sdescript.backend;

import java.util.List;

/** A graph made ready to run. */
public sealed interface CompiledGraph permits EagerKernel, ScriptKernel {

    /** Returns the values of the graph's outputs, owned by the caller. Inputs remain the caller's. */
    List<Operand> run(List<? extends Operand> inputs, RandomStream random);
}
