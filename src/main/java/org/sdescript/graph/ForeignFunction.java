package org.sdescript.graph;

/** An imported function, not written in the language. The engine owns it; the graph only refers to it. */
public interface ForeignFunction {

    /** Returns the origin, for errors. */
    String origin();
}
