package org.sdescript.runtime;

import org.sdescript.source.Span;

/** A value whose elements are formulas. */
public interface FormulaElements extends Value.Extension {
    Value at(Value index, Span span);
}
