package org.sdescript.cli;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.sdescript.ast.DeepStack;
import org.sdescript.backend.Backend;
import org.sdescript.runtime.Session;

/**
 * What Ctrl-C does while a script runs, and the signals by which the system or a closed terminal ends a process. The script
 * is asked to stop, which it does between two statements or steps and puts down what is worth keeping. Where it cannot,
 * inside one long operation, the process leaves without it after a moment; a second signal leaves at once.
 */
final class Interrupts {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long PATIENCE_WHERE_THERE_IS_WORK_TO_KEEP_MILLIS = 60_000;

    private final Session session;
    private final Thread runner;
    private final Runnable unfinished;
    private final PrintWriter told;
    private final AtomicBoolean asked = new AtomicBoolean();

    /** The status of a process that the last signal has ended; each run of this process has the same. */
    private static volatile int status = Main.INTERRUPTED;

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
        Object handler = interrupts.handler();
        Map<String, Object> before = new LinkedHashMap<>();
        SIGNALS.forEach(name -> before.put(name, handle(name, handler)));
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            runner.start();
            return DeepStack.result(task);
        } finally {
            forget(onExit);
            before.forEach(Interrupts::handle);
        }
    }

    /** The exit status of a run that was stopped: 130 by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP. */
    static int status() {
        return status;
    }

    private void interrupted(Object signal) {
        status = status(signal);
        if (asked.getAndSet(true)) {
            Backend.leave(status);
        }
        Thread stopping = new Thread(this::stop, "sde-interrupt");
        stopping.setDaemon(true);
        stopping.start();
    }

    /** The JVM is going down: native code must not be running when it does, so it goes down from here. */
    private void leave() {
        stop();
        Backend.leave(status);
    }

    private static int status(Object signal) {
        try {
            return 128 + (int) signal.getClass().getMethod("getNumber").invoke(signal);
        } catch (ReflectiveOperationException unknown) {
            return Main.INTERRUPTED;
        }
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
            told.println("the operation under way does not stop by itself, so the process ends in the midst of it");
            Backend.leave(status);
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
                                interrupted(arguments[0]);
                                yield null;
                            }
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "stop";
                        };
                    });
        } catch (ClassNotFoundException none) {
            return null;
        }
    }

    /**
     * Lets a handler take a signal, unless the process was started to ignore it, as by {@code nohup}; returns the one before.
     * By reflection: javac warns of any other use of {@code sun.misc.Signal}, though nothing supported does the same.
     * Without it, a signal ends the JVM through its hooks.
     */
    private static Object handle(String name, Object handler) {
        if (handler == null) {
            return null;
        }
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handling = Class.forName("sun.misc.SignalHandler");
            Method handle = type.getMethod("handle", type, handling);
            Object signal = type.getConstructor(String.class).newInstance(name);
            Object before = handle.invoke(null, signal, handler);
            if (before == handling.getField("SIG_IGN").get(null)) {
                handle.invoke(null, signal, before);
            }
            return before;
        } catch (ReflectiveOperationException unsupported) {
            return null;
        }
    }
}
