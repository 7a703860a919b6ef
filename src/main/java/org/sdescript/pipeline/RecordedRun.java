package org.sdescript.pipeline;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.files.FileFault;
import org.sdescript.files.FileJson;
import org.sdescript.files.FileText;
import org.sdescript.runtime.Value;

/**
 * The files of a run in its folder: {@code run.json}, written at the end, and {@code metrics.jsonl}, with one line per
 * progress report of its trainings.
 *
 * <p>People and disks change files, so the content is not trusted: a record that cannot be read gives a run marked as
 * damaged, and text is shortened and made visible.
 *
 * @param record missing if the run has not ended, was killed, or its record is damaged
 * @param damage the reason why the record cannot be read
 */
public record RecordedRun(Path folder, JsonNode record, List<Report> reports, Optional<String> damage) {
    private static final String RECORD = "run.json";
    private static final String REPORTS = "metrics.jsonl";
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");
    private static final int DEEPEST = 4;
    private static final int LONGEST_TEXT = 200;
    private static final long LARGEST = 64L << 20;

    /**
     * A progress report of a training.
     *
     * @param training number of the training in the run, counted from 1
     * @param validation the loss on validation data; nan if it was not computed then
     */
    public record Report(int training, long step, double loss, double validation) {}

    public RecordedRun {
        reports = List.copyOf(reports);
    }

    /** The runs in a folder and its subfolders, the latest last. */
    public static List<RecordedRun> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<RecordedRun> runs = new ArrayList<>();
        for (Path each : folders(folder)) {
            if (isRun(each)) {
                runs.add(read(each));
            }
        }
        runs.sort(Comparator.comparing(RecordedRun::started));
        return List.copyOf(runs);
    }

    /** Lists folders, skipping unreadable ones. */
    private static List<Path> folders(Path folder) {
        List<Path> folders = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    folders.add(each);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isDirectory()) {
                        folders.add(file); // at the deepest level
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw FileFault.reading(folder, failure);
        }
        return folders;
    }

    /** True if the folder holds a run. */
    public static boolean isRun(Path folder) {
        return Files.isDirectory(folder)
                && (Files.isRegularFile(folder.resolve(RECORD)) || Files.isRegularFile(folder.resolve(REPORTS)));
    }

    /** Reads the run in a folder; throws if the folder holds none. */
    public static RecordedRun of(Path folder) {
        if (!isRun(folder)) {
            throw Diagnostic.error("E0795", null, "there is no run in the folder " + folder)
                    .note("a run leaves " + RECORD + " in its folder, and " + REPORTS + " while it trains")
                    .help("`sde runs` lists those there are")
                    .raise();
        }
        return read(folder);
    }

    /** Reads the run in a folder; empty if the folder holds none. */
    static Optional<RecordedRun> find(Path folder) {
        return isRun(folder) ? Optional.of(read(folder)) : Optional.empty();
    }

    private static RecordedRun read(Path folder) {
        JsonNode told = MissingNode.getInstance();
        Optional<String> damage = Optional.empty();
        try {
            Path record = folder.resolve(RECORD);
            if (Files.exists(record)) {
                told = record(record);
            }
        } catch (JsonProcessingException damaged) {
            damage = Optional.of(RECORD + " is not the record of a run: it is no object of JSON");
        } catch (IOException unreadable) {
            damage = Optional.of(
                    FileFault.reading(folder.resolve(RECORD), unreadable).getMessage());
        }
        boolean isOwn = told.isMissingNode() || names(told.path("files")).contains(REPORTS);
        return new RecordedRun(folder, told, isOwn ? reports(folder.resolve(REPORTS)) : List.of(), damage);
    }

    private static JsonNode record(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it has more than " + LARGEST + " bytes");
        }
        JsonNode record = FileJson.read(Files.readAllBytes(file));
        if (!record.isObject()) {
            throw new JsonParseException(null, "no object");
        }
        return record;
    }

    private static List<String> names(JsonNode files) {
        List<String> names = new ArrayList<>();
        files.forEach(file -> names.add(file.asText()));
        return names;
    }

    private static List<Report> reports(Path file) {
        List<Report> reports = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return reports;
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                report(line).ifPresent(reports::add);
            }
        } catch (IOException unreadable) {
            return reports; // the reports before the fault
        }
        return reports;
    }

    /** Parses a report. Empty if the line is damaged, or cut short because the run was killed while writing it. */
    private static Optional<Report> report(String line) {
        try {
            JsonNode report = FileJson.read(line);
            boolean isWhole = report.path("training").canConvertToInt()
                    && report.path("step").canConvertToLong();
            return isWhole
                    ? Optional.of(new Report(
                            report.path("training").asInt(),
                            report.path("step").asLong(),
                            report.path("loss").asDouble(Double.NaN),
                            report.path("validation").asDouble(Double.NaN)))
                    : Optional.empty();
        } catch (JsonProcessingException half) {
            return Optional.empty();
        }
    }

    public String started() {
        return text(record.path("started"));
    }

    public String outcome() {
        return damage.isPresent() ? "damaged" : record.has("outcome") ? text(record.path("outcome")) : "unfinished";
    }

    /** The message of the error that ended the run. */
    Optional<String> error() {
        return record.has("error") ? Optional.of(text(record.path("error"))) : Optional.empty();
    }

    public OptionalDouble seconds() {
        return number(record.path("seconds"));
    }

    /** The loss of the last training, which its last report holds. */
    public OptionalDouble loss() {
        return reports.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(reports.getLast().loss());
    }

    /** The validation loss of the last training's model; while it runs, that of the last validation. */
    public OptionalDouble validation() {
        OptionalDouble last = OptionalDouble.empty();
        for (JsonNode entry : record.path("work")) {
            last = entry.path("call").asText().equals("train") ? number(entry.path("validation")) : last;
        }
        return last.isPresent()
                ? last
                : reports.reversed().stream()
                        .mapToDouble(Report::validation)
                        .filter(loss -> !Double.isNaN(loss))
                        .findFirst();
    }

    public Map<String, String> parameters() {
        return texts(record.path("parameters"));
    }

    public Map<String, String> metrics() {
        return texts(record.path("metrics"));
    }

    /** The metrics that are numbers. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        record.path("metrics").properties().forEach(entry -> {
            if (entry.getValue().isNumber()
                    || NOT_FINITE.contains(entry.getValue().asText())) {
                numbers.put(
                        FileText.shown(entry.getKey()),
                        Double.parseDouble(entry.getValue().asText()));
            }
        });
        return numbers;
    }

    /** The parameters and the seed as values: numbers, truth values and strings. */
    Map<String, Value> swept() {
        Map<String, Value> values = new LinkedHashMap<>();
        record.path("parameters")
                .properties()
                .forEach(entry -> values.put(FileText.shown(entry.getKey()), value(entry.getValue())));
        if (record.path(SweepGrid.SEED).isNumber()) {
            values.putIfAbsent(SweepGrid.SEED, value(record.path(SweepGrid.SEED)));
        }
        return values;
    }

    private static Value value(JsonNode node) {
        return node.isNumber()
                ? Value.number(node.asDouble())
                : node.isBoolean() ? Value.Bool.of(node.asBoolean()) : Value.text(text(node));
    }

    /** The settings of the run besides its parameters. */
    public Map<String, String> circumstances() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("script", text(record.path("script")));
        all.put("text of the script", shortened(text(record.path("sha256"))));
        all.put("seed", text(record.path("seed")));
        all.put("precision", text(record.path("precision")));
        all.put("device", text(record.path("device")));
        texts(record.path("versions")).forEach((name, version) -> all.put(name + " version", version));
        return all;
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(8, hash.length()));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(entry -> texts.put(FileText.shown(entry.getKey()), text(entry.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isDouble()
                ? NumberText.rounded(value.asDouble())
                : FileText.shown(value.isValueNode() ? value.asText() : value.toString(), LONGEST_TEXT);
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
