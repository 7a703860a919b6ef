package org.sdescript.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.files.FileFault;

/**
 * What a run has left in its folder: {@code run.json}, which is written when it ends, and {@code metrics.jsonl}, a line for every so
 * many steps of its trainings.
 *
 * @param record missing where the run has not ended, or was killed
 */
public record RecordedRun(Path folder, JsonNode record, List<Report> reports) {
    private static final String RECORD = "run.json";
    private static final String REPORTS = "metrics.jsonl";
    private static final int DEEPEST = 4;
    private static final MathContext DIGITS = new MathContext(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a training: which of the run's it is, counted from 1, and how far it was. */
    public record Report(int training, long step, double loss) {}

    public RecordedRun {
        reports = List.copyOf(reports);
    }

    /** Those in a folder and in the folders in it, the latest last. */
    public static List<RecordedRun> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(RecordedRun::isRun)
                    .map(RecordedRun::read)
                    .sorted(java.util.Comparator.comparing(RecordedRun::started))
                    .toList();
        } catch (IOException failure) {
            throw FileFault.reading(folder, failure);
        }
    }

    private static boolean isRun(Path folder) {
        return Files.isDirectory(folder)
                && (Files.isRegularFile(folder.resolve(RECORD)) || Files.isRegularFile(folder.resolve(REPORTS)));
    }

    /** The run in a folder. */
    public static RecordedRun of(Path folder) {
        if (!isRun(folder)) {
            throw Diagnostic.error("E0795", null, "there is no run in the folder " + folder)
                    .note("a run leaves " + RECORD + " in its folder, and " + REPORTS + " while it trains")
                    .help("`sde runs` lists those there are")
                    .raise();
        }
        return read(folder);
    }

    private static RecordedRun read(Path folder) {
        try {
            Path record = folder.resolve(RECORD);
            JsonNode told = Files.exists(record) ? JSON.readTree(record.toFile()) : MissingNode.getInstance();
            Path reports = folder.resolve(REPORTS);
            boolean isOwn = told.isMissingNode() || names(told.path("files")).contains(REPORTS);
            return new RecordedRun(
                    folder, told, isOwn && Files.exists(reports) ? reports(Files.readAllLines(reports)) : List.of());
        } catch (IOException damaged) {
            throw FileFault.reading(folder.resolve(RECORD), damaged);
        }
    }

    private static List<String> names(JsonNode files) {
        List<String> names = new ArrayList<>();
        files.forEach(file -> names.add(file.asText()));
        return names;
    }

    private static List<Report> reports(List<String> lines) {
        List<Report> reports = new ArrayList<>();
        for (String line : lines) {
            try {
                JsonNode report = JSON.readTree(line);
                reports.add(new Report(
                        report.path("training").asInt(),
                        report.path("step").asLong(),
                        report.path("loss").asDouble(Double.NaN)));
            } catch (IOException half) {
                continue; // of a run that was killed while writing
            }
        }
        return reports;
    }

    public String started() {
        return record.path("started").asText("");
    }

    public String outcome() {
        return record.path("outcome").asText("unfinished");
    }

    public OptionalDouble seconds() {
        return number(record.path("seconds"));
    }

    /** The mean loss in the last report. */
    public OptionalDouble loss() {
        return reports.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(reports.getLast().loss());
    }

    public Map<String, String> parameters() {
        return texts(record.path("parameters"));
    }

    public Map<String, String> metrics() {
        return texts(record.path("metrics"));
    }

    /** What it was run with besides its own parameters. */
    public Map<String, String> circumstances() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("script", Path.of(record.path("script").asText("")).toString());
        all.put("text of the script", shortened(record.path("sha256").asText("")));
        all.put("seed", record.path("seed").asText(""));
        all.put("precision", record.path("precision").asText(""));
        all.put("device", record.path("device").asText(""));
        texts(record.path("versions")).forEach((name, version) -> all.put(name + " version", version));
        return all;
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(8, hash.length()));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), text(entry.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isDouble() ? rounded(value.asDouble()) : value.isValueNode() ? value.asText() : value.toString();
    }

    /** As many digits as runs are compared by. */
    public static String rounded(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString()
                : String.valueOf(number);
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
