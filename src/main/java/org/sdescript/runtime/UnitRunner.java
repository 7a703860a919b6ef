package org.sdescript.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.sdescript.source.Span;

/** Runs work in units: here, or on the machines of the session's cluster. */
public interface UnitRunner {

    /** True if the units of work that begins now run on other machines. */
    boolean isShared();

    /** Runs all units; passes each result on as it comes, in any order. */
    void run(UnitJob job, List<WorkUnit> units, BiConsumer<WorkUnit, UnitResult> results);

    /** Runs all units and returns their results, in the order of the units. */
    default List<UnitResult> run(UnitJob job, List<WorkUnit> units) {
        UnitResult[] all = new UnitResult[units.size()];
        run(job, units, (unit, result) -> all[unit.number()] = result);
        return Arrays.stream(all).map(Objects::requireNonNull).toList();
    }

    /** Runs a job's work in several processes at once, each as a replica of one training; returns the result of the first. */
    UnitResult runTogether(UnitJob job, int workers);

    /**
     * Runs the units whose results are not yet in a folder, and returns the data set of all.
     *
     * @param place the argument that names the folder
     */
    UnitResult runInto(String folder, UnitJob job, List<WorkUnit> units, Span place);
}
