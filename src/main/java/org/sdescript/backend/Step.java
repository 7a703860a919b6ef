package org.sdescript.backend;

/** The work of one node, with everything decided that is known before it runs. */
@FunctionalInterface
interface Step {
    void run(Frame frame);
}
