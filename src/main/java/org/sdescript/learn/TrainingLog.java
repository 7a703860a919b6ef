package org.sdescript.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.files.AtomicFile;
import org.sdescript.runtime.Session;

/**
 * {@code metrics.jsonl} in the run's folder, readable during the training: a line per report interval with the number
 * of the training in its script, the step, the mean loss since the previous line, the learning rate and the elapsed
 * seconds.
 */
final class TrainingLog {
    private static final String FILE = "metrics.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_STEPS = 100;
    private static final int LEAST_LINES = 50;

    private final Session session;
    private final Path file;
    private final long number;
    private final long steps;
    private final long every;
    private long started;
    private double sum;
    private long summed;
    private boolean isRefused;

    TrainingLog(Session session, long steps) {
        this.session = session;
        this.file = session.folders().output(FILE);
        this.number = 1
                + session.log().work().stream()
                        .filter(entry -> "train".equals(entry.get("call")))
                        .count();
        this.steps = steps;
        this.every = Math.clamp(steps / LEAST_LINES, 1, MOST_STEPS);
    }

    /**
     * Keeps the lines of this run's earlier trainings and those up to the resumed step; deletes the lines of earlier
     * runs.
     */
    void begin(long first) {
        List<String> kept = new ArrayList<>();
        double seconds = 0;
        for (String line : lines()) {
            Optional<JsonNode> report = parsed(line);
            long training = report.map(it -> it.path("training").asLong()).orElse(Long.MAX_VALUE);
            if (training < number
                    || training == number && report.orElseThrow().path("step").asLong() <= first) {
                kept.add(line);
                seconds = training == number
                        ? report.orElseThrow().path("seconds").asDouble()
                        : 0;
            }
        }
        started = System.nanoTime() - (long) (seconds * 1e9);
        AtomicFile.write(file, String.join("\n", kept) + (kept.isEmpty() ? "" : "\n"));
        if (!session.log().files().contains(file)) {
            session.log().files().add(file);
        }
    }

    void step(long done, double loss, double rate) {
        sum += loss;
        summed++;
        if (done % every == 0 || done == steps) {
            report(done, sum / summed, rate);
            sum = 0;
            summed = 0;
        }
    }

    private void report(long done, double loss, double rate) {
        ObjectNode report = JSON.createObjectNode()
                .put("training", number)
                .put("step", done)
                .put("loss", loss)
                .put("rate", rate)
                .put("seconds", Math.round((System.nanoTime() - started) / 1e6) / 1e3);
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(report) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException full) {
            if (!isRefused) {
                session.console().note(file + " cannot be written (" + full.getMessage() + "); the training goes on");
            }
            isRefused = true;
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Parses a line; empty for a truncated last line of a killed run. */
    private static Optional<JsonNode> parsed(String line) {
        try {
            return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException half) {
            return Optional.empty();
        }
    }
}
