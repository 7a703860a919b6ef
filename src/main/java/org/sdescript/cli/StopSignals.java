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
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.DeepStack;
import org.sdescript.backend.Backend;
import org.sdescript.runtime.Session;

/**
 * Handles Ctrl-C while a script runs, and the signals by which the system or a closed terminal ends a process. The
 * script is requested to stop, which it does between two statements or steps, after saving its work. If it cannot stop,
 * inside one long operation, the process exits after a moment; a second signal exits at once.
 */
final class StopSignals {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long PATIENCE_WHERE_THERE_IS_WORK_TO_KEEP_MILLIS = 60_000;

    private final Session session;
    private final Thread runner;
    private final Runnable unfinished;
    private final PrintWriter told;
    private final AtomicBoolean asked = new AtomicBoolean();

    /** The exit status for the last signal; a process has one status for all its runs. */
    private static volatile int status = Main.INTERRUPTED;

    private StopSignals(Session session, Thread runner, Runnable unfinished, PrintWriter told) {
        this.session = session;
        this.runner = runner;
        this.unfinished = unfinished;
        this.told = told;
    }

    /**
     * Runs a session's work on its own thread, and returns the result.
     *
     * @param unfinished runs if the process exits before the work has ended
     */
    static <T> T during(Session session, Supplier<T> work, Runnable unfinished) {
        FutureTask<T> task = new FutureTask<>(() -> session.stop().stoppable(work));
        Thread runner = DeepStack.thread("sde", task);
        StopSignals interrupts = new StopSignals(session, runner, unfinished, TerminalConsole.err());
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
            before.forEach(StopSignals::handle);
        }
    }

    /** The exit status of a stopped run: 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP. */
    static int status() {
        return status;
    }

    private void interrupted(Object signal) {
        int code = status(signal);
        if (SweepJobs.isJob() && (code != Main.TERMINATED || asked.get())) {
            return; // the sweep asks by SIGTERM, and kills if that takes too long
        }
        status = code;
        if (asked.getAndSet(true)) {
            Backend.leave(status);
        }
        Thread stopping = new Thread(this::stop, "sde-interrupt");
        stopping.setDaemon(true);
        stopping.start();
    }

    /** Exits the process from a shutdown hook, because native code must not run while the JVM shuts down. */
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
        session.stop().request();
        try {
            runner.join(PATIENCE_MILLIS);
            if (runner.isAlive() && session.stop().hasWorkToKeep()) {
                told.println("stopping after this step …  (Ctrl-C again leaves at once)");
                runner.join(PATIENCE_WHERE_THERE_IS_WORK_TO_KEEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (runner.isAlive()) {
            unfinished.run();
            told.println("the running operation does not stop by itself, so the process ends during it");
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

    /** The handler as a {@code sun.misc.SignalHandler}; null if this JVM has no such class. */
    private @Nullable Object handler() {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
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
     * Installs a handler for a signal and returns the previous one. A signal that the process was started to ignore, as
     * by {@code nohup}, stays ignored. The class is used by reflection, because javac warns of any other use of
     * {@code sun.misc.Signal}, and no supported class does the same. Without a handler, a signal ends the JVM through
     * its shutdown hooks.
     */
    private static @Nullable Object handle(String name, @Nullable Object handler) {
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
