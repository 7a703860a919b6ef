package org.sdescript.backend;

import java.util.List;

/** A graph made ready to run. */
public sealed interface CompiledGraph permits EagerKernel, ScriptKernel {

    /** The values of the graph's outputs, owned by the caller. Inputs stay the caller's. */
    List<Operand> run(List<? extends Operand> inputs, RandomStream random);
}
