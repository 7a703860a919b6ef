package org.sdescript.repl;

import java.util.concurrent.atomic.AtomicInteger;
import org.sdescript.backend.Backend;
import org.sdescript.runtime.Console;
import org.sdescript.workspace.Workspace;

/**
 * Handles Ctrl-C while an entry runs. The entry is requested to stop, which it does between two statements or steps. If
 * it cannot stop, inside one long operation, the third Ctrl-C ends the process.
 */
final class CtrlC {
    static final int INTERRUPTED = 130;

    private final Workspace workspace;
    private final Console console;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean running;

    CtrlC(Workspace workspace, Console console) {
        this.workspace = workspace;
        this.console = console;
    }

    void begin() {
        asked.set(0);
        running = true;
    }

    void end() {
        running = false;
    }

    void ask() {
        int times = asked.incrementAndGet();
        if (!running || times > 2) {
            Backend.leave(INTERRUPTED);
        }
        workspace.requestStop();
        if (times == 2) {
            console.note("it stops after this step; Ctrl-C again leaves at once, and what is bound is lost");
        }
    }
}
