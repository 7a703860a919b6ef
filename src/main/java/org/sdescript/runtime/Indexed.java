package org.sdescript.runtime;

import org.sdescript.source.Span;

/** A value whose elements are formulas. */
public interface Indexed extends Value.Extension {
    Value at(Value index, Span span);
}
