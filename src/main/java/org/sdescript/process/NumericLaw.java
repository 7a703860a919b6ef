package org.sdescript.process;

/** The law of a process whose matrices have no common basis: it has no formula, and is computed in numbers. */
public interface NumericLaw {
    /** Returns the number of components. */
    int size();
}
