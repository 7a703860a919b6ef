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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.files.AtomicFile;
import org.sdescript.runtime.Session;

/**
 * {@code metrics.jsonl} in the run's folder, readable during the training: a line per report with the number of the
 * training in its script, the numbers of the report and the elapsed seconds. With the setting {@code log}, the same
 * numbers go into an event file of TensorBoard.
 */
final class TrainingLog {
    private static final String FILE = "metrics.jsonl";
    private static final String EVENTS = "tensorboard/training-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Session session;
    private final Path file;
    private final long number;
    private @Nullable EventFile events;
    private long started;
    private boolean isRefused;

    TrainingLog(Session session) {
        this.session = session;
        this.file = session.folders().output(FILE);
        this.number = 1 + session.log().trainings();
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
        listed(file);
        if (session.settings().eventFiles()) {
            beginEvents(first);
        }
    }

    private void beginEvents(long first) {
        Path folder = session.folders().outputFolder(EVENTS + number);
        try {
            events = EventFile.begin(folder, first);
            listed(events.path());
        } catch (IOException failure) {
            refused(folder, failure);
        }
    }

    private void listed(Path written) {
        if (!session.log().files().contains(written)) {
            session.log().files().add(written);
        }
    }

    void report(TrainingHistory.Report report) {
        Map<String, Double> numbers = numbers(report);
        ObjectNode line = JSON.createObjectNode().put("training", number).put("step", report.step());
        numbers.forEach(line::put);
        line.put("seconds", Math.round((System.nanoTime() - started) / 1e6) / 1e3);
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException full) {
            refused(file, full);
        }
        if (events != null) {
            report(report.step(), numbers, events);
        }
    }

    private void report(long step, Map<String, Double> numbers, EventFile to) {
        try {
            for (Map.Entry<String, Double> each : numbers.entrySet()) {
                to.scalar(step, each.getKey(), each.getValue());
            }
        } catch (IOException full) {
            refused(to.path(), full);
        }
    }

    /** Returns the numbers of a report by name, without those that it lacks. */
    private static Map<String, Double> numbers(TrainingHistory.Report report) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss", report.loss());
        numbers.put("validation", report.validation());
        numbers.put("rate", report.rate());
        numbers.put("gradient", report.gradient());
        numbers.values().removeIf(number -> !Double.isFinite(number));
        return numbers;
    }

    private void refused(Path written, IOException failure) {
        if (!isRefused) {
            session.console().note(written + " cannot be written (" + failure.getMessage() + "); the training goes on");
        }
        isRefused = true;
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
