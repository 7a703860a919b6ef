package org.sdescript.backend;

import org.sdescript.graph.Type;

/** An input or output of a graph: a host number or a tensor. */
public sealed interface Operand permits Operand.Number, Tensor {

    /** A number on the host, always in double. */
    record Number(double value) implements Operand {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

    Type type();
}
