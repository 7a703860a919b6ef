package org.sdescript.plot;

/** The content of a figure: layers, and functions that become layers once the figure knows its range. */
public sealed interface LayerSource permits Layer, FunctionLayer {
    /** Returns the content in a few words: {@code scatter of 100 points}. */
    String describe();
}
