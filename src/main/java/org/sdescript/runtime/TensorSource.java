package org.sdescript.runtime;

import java.util.Optional;

/** A value that stands for a tensor wherever one is wanted, as a data set does for its samples. */
public interface TensorSource extends Value.Extension {
    Value tensor();

    /** A label for each sample, where there are any. */
    default Optional<Value> labels() {
        return Optional.empty();
    }
}
