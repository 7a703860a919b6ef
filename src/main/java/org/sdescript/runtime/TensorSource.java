package org.sdescript.runtime;

import java.util.Optional;
import org.sdescript.graph.Type;

/** A value that stands for a tensor wherever one is wanted, as a data set does for its samples. */
public interface TensorSource extends Value.Extension {
    Value tensor();

    /** The type of the tensor, which may be known without making it. */
    default Type type(Tensors tensors) {
        return tensors.type(tensor());
    }

    /** How to get some rows without making the tensor, of a data set that may be larger than memory. */
    default Optional<RowReader> reader() {
        return Optional.empty();
    }

    /** A label for each sample, where there are any. */
    default Optional<Value> labels() {
        return Optional.empty();
    }
}
