package org.sdescript.runtime;

/** A value that stands for a tensor wherever one is wanted, as a data set does for its samples. */
public interface TensorSource extends Value.Extension {
    Value tensor();
}
