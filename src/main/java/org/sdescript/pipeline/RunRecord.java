package org.sdescript.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.TableValue;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.Version;
import org.sdescript.source.Source;

/**
 * Writes {@code run.json}: script, parameters, seed, device, versions, duration, outcome, metrics and files of a run.
 */
public final class RunRecord {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String FILE = "run.json";

    private final Instant started = Instant.now();
    private final Source script;
    private final ScriptParameters parameters;

    public RunRecord(Source script, ScriptParameters parameters) {
        this.script = script;
        this.parameters = parameters;
    }

    /** Deletes the record of an earlier run: if this run is killed, the old record would describe the wrong run. */
    public static void begin(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException failure) {
            throw FileFault.writing(folder.resolve(FILE), failure);
        }
    }

    /** @param outcome done, failed or interrupted */
    public void write(Session session, String outcome, Optional<String> error) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("script", script.name());
        record.put("sha256", hash(script.text()));
        record.put("parameters", plain(parameters.used()));
        record.put("seed", session.settings().seed());
        record.put("precision", session.settings().precision().toString());
        record.put("device", session.hasBackend() ? session.backend().deviceName() : "none");
        record.put("versions", versions(session));
        record.put("started", started.toString());
        record.put("seconds", Duration.between(started, Instant.now()).toMillis() / 1000.0);
        record.put("outcome", outcome);
        error.ifPresent(message -> record.put("error", message));
        record.put("work", session.log().work());
        record.put("metrics", session.log().metrics());
        if (!session.log().tables().isEmpty()) {
            record.put(
                    "tables",
                    session.log().tables().stream().map(RunRecord::table).toList());
        }
        record.put(
                "files",
                session.log().files().stream()
                        .map(file -> named(file, session.folders().run()))
                        .toList());
        try {
            AtomicFile.write(session.folders().output(FILE), JSON.writeValueAsString(record) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name as a script writes it: relative to the run's folder if the file is below that folder. */
    private static String named(Path file, Path folder) {
        Path whole = file.toAbsolutePath().normalize();
        Path top = folder.toAbsolutePath().normalize();
        return (whole.startsWith(top) ? top.relativize(whole) : whole).toString();
    }

    private static Map<String, Object> versions(Session session) {
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("sde", Version.current());
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        if (session.hasBackend()) {
            versions.putAll(session.backend().versions());
        }
        return versions;
    }

    private static Map<String, Object> table(TableValue table) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("title", table.title());
        written.put("columns", table.columns());
        written.put(
                "rows", table.rows().stream().map(row -> plain(row.fields())).toList());
        return written;
    }

    private static Map<String, @Nullable Object> plain(Map<String, Value> values) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Num number -> plain(Coercion.number(number, "a parameter", null));
            case Value.Bool(boolean bool) -> bool;
            case Value.Text(String text) -> text;
            case Value.None none -> null;
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(RunRecord::plain).toList();
            default -> ValueText.show(value);
        };
    }

    /** Writes whole numbers without a fraction: 4000 instead of 4000.0. */
    private static Object plain(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? (Object) (long) number : (Object) number;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
