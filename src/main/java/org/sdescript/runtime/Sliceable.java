package org.sdescript.runtime;

import org.sdescript.source.Span;

/** A data set: a slice of it is again one, with its labels. */
public interface Sliceable extends TensorSource {

    /** @param bounds a list of the first row and the one after the last */
    Value slice(Value bounds, Tensors tensors, Span span);
}
