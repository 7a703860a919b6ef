package org.sdescript.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jline.utils.Signals;
import org.sdescript.ast.DeepStack;
import org.sdescript.backend.Backend;
import org.sdescript.files.OutputFolders;
import org.sdescript.files.StateFolder;
import org.sdescript.jupyter.Connection;
import org.sdescript.jupyter.History;
import org.sdescript.jupyter.NotebookKernel;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Settings;

/**
 * A kernel as a process of its own, with the signals of the system.
 *
 * @param folders the folders for files
 */
record KernelProcess(OutputFolders folders) {
    /** The process that started the kernel, in the variable that Jupyter sets. */
    private static final String PARENT = "JPY_PARENT_PID";

    /** Serves the clients of a connection until one of them, a signal or the end of the parent ends the kernel. */
    void serve(Path connection) throws IOException {
        // the library is read while the connection is made
        FutureTask<Pipeline> pipeline = new FutureTask<>(Pipeline::new);
        Thread reading = DeepStack.thread("sde-library", pipeline);
        reading.setDaemon(true);
        reading.start();
        NotebookKernel kernel = new NotebookKernel(
                () -> DeepStack.result(pipeline),
                Settings.standard(),
                folders,
                Connection.read(connection),
                new History(StateFolder.file("notebooks", System.getenv())));
        Signals.register("INT", kernel::interrupt);
        Signals.register("TERM", kernel::stop);
        parent().ifPresent(parent -> parent.onExit().thenRun(kernel::stop));
        if (!kernel.run()) {
            // native code must not run while the JVM shuts down
            Backend.leave(Main.DONE);
        }
    }

    /** The process that started this one, if Jupyter did: a kernel ends with its server. */
    private static Optional<ProcessHandle> parent() {
        String known = System.getenv().getOrDefault(PARENT, "");
        return ProcessHandle.current().parent().filter(parent -> known.equals(String.valueOf(parent.pid())));
    }
}
