package org.sdescript.runtime;

import java.util.List;
import org.sdescript.source.Span;

/** Runs work in units: here, or on the machines of the session's cluster. */
public interface UnitRunner {

    /** Runs all units and returns their results, in the order of the units. */
    List<UnitResult> run(UnitJob job, List<WorkUnit> units);

    /**
     * Runs the units whose results are not yet in a folder, and returns the data set of all.
     *
     * @param place the argument that names the folder
     */
    UnitResult runInto(String folder, UnitJob job, List<WorkUnit> units, Span place);
}
