package org.sdescript.runtime;

import java.util.function.UnaryOperator;

/** A data set: some rows of it are again one, with their labels. */
public interface Sliceable extends TensorSource {

    /** @param rows takes the rows wanted of any tensor with as many */
    Value select(UnaryOperator<Value> rows);
}
