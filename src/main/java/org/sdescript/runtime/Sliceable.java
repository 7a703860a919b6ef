package org.sdescript.runtime;

import java.util.function.UnaryOperator;

/** A data set, whose selected rows are again a data set with their labels. */
public interface Sliceable extends TensorSource {

    /** @param rows selects the rows from any tensor with one row per sample */
    Value select(UnaryOperator<Value> rows);
}
