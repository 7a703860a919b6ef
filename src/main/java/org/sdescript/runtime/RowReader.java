package org.sdescript.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Shape;

/** The samples of a data set that may exceed the memory, read from storage by row. */
public interface RowReader {

    /** Returns the shape of all samples. */
    Shape shape();

    /**
     * Reads rows on any thread. The supplier runs on the backend's thread and creates the tensors: the samples and,
     * if present, their labels. The caller closes the tensors.
     */
    Supplier<List<Tensor>> read(long[] rows);
}
