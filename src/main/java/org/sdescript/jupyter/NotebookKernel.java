package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.DeepStack;
import org.sdescript.display.MessageJson;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Settings;
import org.sdescript.workspace.Workspace;

/**
 * A kernel of Jupyter. Three threads: {@link Sockets} reads and writes, the cells and all other requests of the shell
 * run in their order on a thread that owns the session, and requests of the control channel, which may interrupt a cell
 * or end the kernel, on a third.
 */
public final class NotebookKernel {
    private static final long PATIENCE_SECONDS = 10;

    /** A request in the queue; requests behind a failed cell are aborted. */
    private static final class Queued {
        private final Messenger.Request request;
        private volatile boolean isAborted;

        private Queued(Messenger.Request request) {
            this.request = request;
        }
    }

    private final Supplier<Pipeline> pipeline;
    private final Settings settings;
    private final OutputFolders folders;
    private final History history;
    private final MessageSignature signature;
    private final Sockets sockets;
    private final Messenger messenger;
    private final BlockingQueue<Optional<Queued>> shell = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<Messenger.Request>> control = new LinkedBlockingQueue<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Object running = new Object();
    private @Nullable Workspace runs;

    /**
     * Binds the sockets of a connection; messages wait until {@link #run}.
     *
     * @param pipeline the phases of the cells; called once, by the thread of the cells
     */
    public NotebookKernel(
            Supplier<Pipeline> pipeline,
            Settings settings,
            OutputFolders folders,
            Connection connection,
            History history)
            throws IOException {
        this.pipeline = pipeline;
        this.settings = settings;
        this.folders = folders;
        this.history = history;
        this.signature = new MessageSignature(connection.signatureScheme(), connection.key());
        this.sockets = new Sockets(connection);
        this.messenger = new Messenger(sockets, signature, UUID.randomUUID().toString());
    }

    /**
     * Serves requests until a client or {@link #stop} ends the kernel. Returns false if a cell still runs, inside an
     * operation that does not stop.
     */
    public boolean run() {
        Thread cells = DeepStack.thread("sde-cells", this::cells);
        Thread orders = new Thread(this::orders, "sde-control");
        cells.start();
        orders.start();
        messenger.publish("status", MessageJson.object(), Messenger.state("starting"));
        Thread ending = new Thread(() -> end(cells, orders), "sde-end");
        ending.start();
        sockets.serve(this::received);
        return !cells.isAlive();
    }

    /** Closes the sockets after the last replies. */
    private void end(Thread cells, Thread orders) {
        try {
            orders.join();
            cells.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.close();
    }

    /** Requests the present cell to stop. Without a running cell, does nothing. */
    public void interrupt() {
        synchronized (running) {
            if (runs != null) {
                runs.requestStop();
            }
        }
    }

    /** Ends the kernel: stops the present cell, drops those that wait, and lets {@link #run} return. */
    public void stop() {
        if (!stopping.getAndSet(true)) {
            shell.clear();
            shell.add(Optional.empty());
            control.add(Optional.empty());
            interrupt();
        }
    }

    private void received(Sockets.Channel channel, List<byte[]> frames) {
        try {
            Messenger.Request request = new Messenger.Request(channel, Message.parse(frames, signature));
            switch (channel) {
                case CONTROL -> control.add(Optional.of(request));
                case SHELL -> shell.add(Optional.of(new Queued(request)));
                case STDIN, IOPUB -> {}
            }
        } catch (Message.Refused refused) {
            System.err.println("sde jupyter: refused " + refused.getMessage());
        }
    }

    private void orders() {
        try {
            for (var next = control.take(); next.isPresent(); next = control.take()) {
                Messenger.Request request = next.get();
                messenger.during(request, () -> order(request));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers a request of the control channel. An interrupt precedes its reply, so that it stops no later cell. */
    private void order(Messenger.Request request) {
        switch (request.type()) {
            case "interrupt_request" -> {
                interrupt();
                messenger.reply(request, Message.ok());
            }
            case "shutdown_request" -> shutdown(request);
            case "kernel_info_request" -> messenger.reply(request, KernelInfo.content());
            default -> {}
        }
    }

    private void shutdown(Messenger.Request request) {
        ObjectNode content =
                Message.ok().put("restart", request.content().path("restart").asBoolean());
        messenger.reply(request, content);
        messenger.publish("shutdown_reply", request.message().header(), content);
        stop();
    }

    private void cells() {
        try {
            answerAll(pipeline.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
        }
    }

    private void answerAll(Pipeline phases) throws InterruptedException {
        try (CellConsole console = new CellConsole(messenger);
                Workspace workspace = new Workspace(phases, settings, folders, console)) {
            Pages pages = new Pages(phases, workspace);
            ShellRequests requests =
                    new ShellRequests(workspace, pages, new CellRunner(workspace, console, pages, history), history);
            for (var next = shell.take(); next.isPresent(); next = shell.take()) {
                Queued queued = next.get();
                // before the clients hear that the kernel is busy, since one may interrupt as soon as it hears that
                begin(workspace);
                messenger.during(queued.request, () -> answer(queued, requests, workspace));
            }
        }
    }

    private void answer(Queued queued, ShellRequests requests, Workspace workspace) {
        Messenger.Request request = queued.request;
        if (queued.isAborted) {
            end(workspace);
            messenger.reply(request, MessageJson.object().put("status", "aborted"));
        } else if (request.type().equals("shutdown_request")) {
            shutdown(request);
        } else {
            Optional<ObjectNode> reply = Optional.empty();
            try {
                reply = requests.answer(request, messenger);
            } catch (RuntimeException | Error fault) {
                reply = Optional.of(MessageJson.object()
                        .put("status", "error")
                        .setAll(Failure.bug(fault).content()));
            } finally {
                end(workspace);
            }
            reply.ifPresent(content -> {
                messenger.reply(request, content);
                abortAfter(request, content);
            });
        }
    }

    /** From here on, an interrupt stops the request; a kernel that stops runs none. */
    private void begin(Workspace workspace) {
        synchronized (running) {
            runs = workspace;
            if (stopping.get()) {
                interrupt();
            }
        }
    }

    private void end(Workspace workspace) {
        synchronized (running) {
            runs = null;
            workspace.session().stop().withdraw();
        }
    }

    /** After a failed cell, aborts the cells that wait already, unless the request says otherwise. */
    private void abortAfter(Messenger.Request request, ObjectNode reply) {
        boolean fails = request.type().equals("execute_request")
                && reply.path("status").asText().equals("error")
                && request.content().path("stop_on_error").asBoolean(true);
        if (fails) {
            shell.forEach(next -> next.filter(queued -> queued.request.type().equals("execute_request"))
                    .ifPresent(queued -> queued.isAborted = true));
        }
    }
}
