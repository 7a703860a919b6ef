package org.sdescript.mutate;

import java.util.BitSet;

/** One test as the run with probes saw it: its identifier, its time, and the mutants it comes by. */
record TestRun(String id, long micros, BitSet mutants) {
    /** Reads a line of {@link CoverageRun}. */
    static TestRun of(String line) {
        String[] parts = line.split("\t", 3);
        BitSet mutants = new BitSet();
        for (String number : parts[1].split(" ")) {
            if (!number.isEmpty()) {
                mutants.set(Integer.parseInt(number));
            }
        }
        return new TestRun(parts[2], Long.parseLong(parts[0]), mutants);
    }

    /** The package of the test's class. */
    String packageName() {
        String name = id.replaceFirst(".*?\\[class:([^\\]]*)\\].*", "$1");
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
