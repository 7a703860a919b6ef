package org.sdescript.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sdescript.jupyter.Connection;
import org.sdescript.jupyter.OneCellClient;

/**
 * The program that the launchers run when they make the archive of classes: a script, a prompt and a notebook's kernel, so
 * that the archive holds the classes of each of these starts. Writes into the working directory, and reads the prompt's
 * entries from standard input.
 */
final class ArchiveTraining {
    private static final String SCRIPT = "p = VP()\nprint(reverse(p))\n";
    private static final String CELL = "reverse(VP())";
    private static final List<String> PORTS = List.of("shell", "control", "stdin", "iopub", "hb");

    private ArchiveTraining() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        String script = Files.writeString(Path.of("training.sde"), SCRIPT).toString();
        Main.execute("check", script);
        Main.execute("run", script);
        kernel();
        Main.execute("repl");
        System.exit(Main.DONE);
    }

    private static void kernel() throws IOException {
        Path file = Files.writeString(Path.of("connection.json"), connection());
        FutureTask<Integer> kernel = new FutureTask<>(() -> {
            new KernelProcess(new FolderOptions().folders("notebook")).serve(file);
            return Main.DONE;
        });
        Thread serving = new Thread(kernel, "kernel");
        serving.setDaemon(true);
        serving.start();
        new OneCellClient(Connection.read(file)).run(CELL);
    }

    /** The text of a connection file with ports that are free. */
    private static String connection() throws IOException {
        List<ServerSocket> free = new ArrayList<>();
        for (int k = 0; k < PORTS.size(); k++) {
            free.add(new ServerSocket(0));
        }
        String ports = IntStream.range(0, PORTS.size())
                .mapToObj(k -> "\"" + PORTS.get(k) + "_port\": " + free.get(k).getLocalPort())
                .collect(Collectors.joining(", "));
        for (ServerSocket each : free) {
            each.close();
        }
        return "{" + ports + ", \"key\": \"" + CELL.hashCode() + "\"}";
    }
}
