package org.sdescript.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Shape;

/** The samples of a data set that need not fit into memory, read row by row when they are wanted. */
public interface RowReader {

    /** Of all samples. */
    Shape shape();

    /**
     * Reads some rows, on whatever thread this is called; on the backend's thread they are then made tensors: the samples
     * and, where there are any, their labels. The caller closes them.
     */
    Supplier<List<Tensor>> read(long[] rows);
}
