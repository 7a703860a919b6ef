package org.sdescript.graph;

/** A function that was not written in the language: the engine has it, the graph only knows what it is called. */
public interface ForeignFunction {

    /** Where it is from, for errors. */
    String origin();
}
