package org.sdescript.mutate.stdlib;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} in a JVM of its own, which is ended where it answers nothing in time. */
final class WorkerProcess implements AutoCloseable {
    private static final String END = "";

    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    WorkerProcess(Path tree, List<Path> classes, boolean recorded) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dsde.threads=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        classes.forEach(folder -> command.add(folder.toString()));
        command.add(String.valueOf(recorded));
        ProcessBuilder builder = new ProcessBuilder(command).directory(tree.toFile());
        builder.redirectError(tree.resolve("worker.log").toFile());
        process = builder.start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Worker.MARK)) {
                    answers.add(line.substring(Worker.MARK.length()));
                }
            }
        } catch (IOException closed) {
            // the process has ended
        }
        answers.add(END);
    }

    void order(String... words) {
        orders.println(String.join("\t", words));
    }

    /**
     * The next answer; empty where the process has taken so much of the processor's time, or half an hour, without one, or has
     * ended: it is of no more use then.
     */
    Optional<String> answer(Duration limit) throws InterruptedException {
        Duration before = processorTime();
        for (int seconds = 0; seconds < 1800; seconds++) {
            String answer = answers.poll(1, TimeUnit.SECONDS);
            if (answer != null) {
                return answer.equals(END) ? Optional.empty() : Optional.of(answer);
            }
            if (processorTime().minus(before).compareTo(limit) > 0) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
