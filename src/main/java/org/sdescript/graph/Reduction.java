package org.sdescript.graph;

/** Functions that reduce the elements along some axes to one. */
public enum Reduction {
    SUM,
    MEAN,
    MIN,
    MAX
}
