package org.sdescript.runtime;

import java.util.Optional;
import org.sdescript.graph.Type;

/** A value that converts to a tensor, as a data set converts to its samples. */
public interface TensorSource extends Value.Extension {
    Value tensor();

    /** Returns the type of the tensor, if possible without creating the tensor. */
    default Type type(Tensors tensors) {
        return tensors.type(tensor());
    }

    /** Returns true if {@link #tensor()} reads files, perhaps more than fits into the memory. */
    default boolean isStored() {
        return false;
    }

    /** Returns a reader of single rows, for a data set that may be larger than the memory. */
    default Optional<RowReader> reader() {
        return Optional.empty();
    }

    /** Returns a label for each sample, if the data is labelled. */
    default Optional<Value> labels() {
        return Optional.empty();
    }

    /** Returns the conditions of the samples. */
    default Conditions conditions() {
        return Conditions.NONE;
    }
}
