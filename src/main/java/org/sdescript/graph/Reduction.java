package org.sdescript.graph;

/** What takes the elements along some axes to one. */
public enum Reduction {
    SUM,
    MEAN,
    MIN,
    MAX
}
