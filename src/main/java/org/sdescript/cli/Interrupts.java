package org.sdescript.cli;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.sdescript.ast.DeepStack;
import org.sdescript.backend.Backend;
import org.sdescript.runtime.Session;

/**
 * What Ctrl-C does while a script runs. The script is asked to stop, which it does between two statements or steps and
 * puts down what is worth keeping. Where it cannot, inside one long operation, the process leaves without it after a
 * moment; a second Ctrl-C leaves at once.
 */
final class Interrupts {
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long PATIENCE_WHERE_THERE_IS_WORK_TO_KEEP_MILLIS = 60_000;

    private final Session session;
    private final Thread runner;
    private final Runnable unfinished;
    private final PrintWriter told;
    private final AtomicBoolean asked = new AtomicBoolean();

    private Interrupts(Session session, Thread runner, Runnable unfinished, PrintWriter told) {
        this.session = session;
        this.runner = runner;
        this.unfinished = unfinished;
        this.told = told;
    }

    /**
     * Does the work of a session on a thread of its own, and returns what it comes to.
     *
     * @param unfinished done if the process leaves in the midst of the work
     */
    static <T> T during(Session session, Supplier<T> work, Runnable unfinished) {
        FutureTask<T> task = new FutureTask<>(() -> session.stoppable(work));
        Thread runner = DeepStack.thread("sde", task);
        Interrupts interrupts = new Interrupts(session, runner, unfinished, Terminal.err());
        Thread onExit = new Thread(interrupts::leave, "sde-stop");
        Object before = handle(interrupts.handler());
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            runner.start();
            return DeepStack.result(task);
        } finally {
            forget(onExit);
            handle(before);
        }
    }

    private void interrupted() {
        if (asked.getAndSet(true)) {
            Backend.leave(Main.INTERRUPTED);
        }
        Thread stopping = new Thread(this::stop, "sde-interrupt");
        stopping.setDaemon(true);
        stopping.start();
    }

    /** The JVM is going down: native code must not be running when it does, so it goes down from here. */
    private void leave() {
        stop();
        Backend.leave(Main.INTERRUPTED);
    }

    private void stop() {
        session.interrupt();
        try {
            runner.join(PATIENCE_MILLIS);
            if (runner.isAlive() && session.hasWorkToKeep()) {
                told.println("stopping after this step …  (Ctrl-C again leaves at once)");
                runner.join(PATIENCE_WHERE_THERE_IS_WORK_TO_KEEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (runner.isAlive()) {
            unfinished.run();
            Backend.leave(Main.INTERRUPTED);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            Thread.yield();
        }
    }

    /** The handler as a {@code sun.misc.SignalHandler}; null where this JVM has none. */
    private Object handler() {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                interrupted();
                                yield null;
                            }
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "Ctrl-C";
                        };
                    });
        } catch (ClassNotFoundException none) {
            return null;
        }
    }

    /**
     * Lets a handler take Ctrl-C; returns the one before. By reflection: javac warns of any other use of
     * {@code sun.misc.Signal}, though nothing supported does the same. Without it, Ctrl-C ends the JVM through its hooks.
     */
    private static Object handle(Object handler) {
        if (handler == null) {
            return null;
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
        } catch (ReflectiveOperationException unsupported) {
            return null;
        }
    }
}
