package org.sdescript.backend;

/** The work of one node; everything known before the run is decided already. */
@FunctionalInterface
interface NodeStep {
    void run(ExecutionFrame frame);
}
