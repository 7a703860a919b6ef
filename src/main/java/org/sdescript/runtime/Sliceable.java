package org.sdescript.runtime;

import java.util.List;
import java.util.function.UnaryOperator;

/** A data set, whose selected rows are again a data set with their labels. */
public interface Sliceable extends TensorSource {

    /** Returns the names of a table's columns, the positions of axis 1; empty for samples without names. */
    List<String> columns();

    /** @param rows selects the rows from any tensor with one row per sample */
    Value select(UnaryOperator<Value> rows);
}
