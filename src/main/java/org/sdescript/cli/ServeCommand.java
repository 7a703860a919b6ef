package org.sdescript.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import org.sdescript.backend.Backend;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Settings;
import org.sdescript.serve.Limits;
import org.sdescript.serve.PageServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sde serve}. */
@Command(
        name = "serve",
        description = "Opens a page in the browser to try scripts on; scripts read and write below one folder only.")
final class ServeCommand implements Callable<Integer> {
    private static final String LINK = "#";

    @Parameters(
            arity = "0..1",
            paramLabel = "SCRIPT",
            description = "A script to begin with, or a link that the page's Share button made.")
    private String script;

    @Option(names = "--port", paramLabel = "N", description = "The port; a free one if not given.")
    private int port;

    @Option(names = "--no-browser", description = "Prints the address and opens no browser.")
    private boolean silent;

    @Option(names = "--seconds", paramLabel = "N", description = "The longest time of a run, 600 if not given.")
    private int seconds = 600;

    @Option(names = "--memory", paramLabel = "MB", description = "The memory of a tab's tensors, 2048 if not given.")
    private int memory = 2048;

    @Option(names = "--files", paramLabel = "MB", description = "The size of a tab's files, 256 if not given.")
    private int files = 256;

    @Option(names = "--tabs", paramLabel = "N", description = "The most open tabs, 8 if not given.")
    private int tabs = 8;

    @Option(
            names = "--idle",
            paramLabel = "MINUTES",
            description = "The time after which an unused tab loses its session, 60 if not given.")
    private int idle = 60;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Mixin
    private HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        requirePositive("--seconds", seconds);
        requirePositive("--memory", memory);
        requirePositive("--files", files);
        requirePositive("--tabs", tabs);
        requirePositive("--idle", idle);
        String fragment = fragment();
        CountDownLatch end = new CountDownLatch(1);
        try (PageServer server =
                new PageServer(new Pipeline(), Settings.standard(), folders.folders("page"), limits(), port)) {
            Signals.register("INT", end::countDown);
            Signals.register("TERM", end::countDown);
            server.start();
            String address = server.address() + fragment;
            boolean shown = !silent && Browser.show(address, System.getenv());
            TerminalConsole.out().println(shown ? address : "open this address in a browser: " + address);
            TerminalConsole.out().println("Ctrl-C ends the page");
            end.await();
        } catch (IOException taken) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "port " + port + " cannot be used (" + taken.getMessage()
                            + "); without --port a free one is taken");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        // native code of a run must not run while the JVM shuts down
        Backend.leave(Main.DONE);
        return Main.DONE;
    }

    private void requirePositive(String option, int value) {
        if (value <= 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), option + " takes a whole number from 1 on, and is given " + value);
        }
    }

    private Limits limits() {
        return new Limits(
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(5),
                (long) memory << 20,
                (long) files << 20,
                tabs,
                Duration.ofMinutes(idle));
    }

    /** Returns the part of the address that holds the script: that of a link, or the text of a file. */
    private String fragment() {
        if (script == null) {
            return "";
        }
        int mark = script.indexOf(LINK);
        if (mark >= 0 && script.startsWith("http")) {
            return script.substring(mark);
        }
        byte[] text = ScriptFile.read(Path.of(script)).text().getBytes(StandardCharsets.UTF_8);
        return LINK + "s=" + Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
