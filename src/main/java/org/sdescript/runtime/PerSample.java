package org.sdescript.runtime;

import org.sdescript.source.Span;

/** A value that may hold an entry for each sample: a score with labels, a process with a row of parameters for each. */
public interface PerSample {
    /** Returns the value for a part of the samples; the value itself if it holds nothing for each sample. */
    Value forSamples(SamplePart part, Interpreter interpreter, Span span);
}
