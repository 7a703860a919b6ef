package org.sdescript.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileJson;
import org.sdescript.files.FileText;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * The list of the finished parts of a result, the file {@code manifest.json} beside the parts. Readers of other languages
 * find in it the names, the positions and the checksums of the files; sde itself derives names and positions from the
 * numbers of the parts, so that a forged list leads to no other file.
 *
 * @param job what the parts are the result of
 * @param arrays the arrays of each part; empty as long as no part is finished
 * @param parts the finished parts by number
 */
record PartsManifest(PartsJob job, List<PartArray> arrays, SortedMap<Integer, PartFile.Written> parts) {
    static final String FILE = "manifest.json";

    private static final String FORMAT = "sde parts";
    private static final int VERSION = 1;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    static PartsManifest of(PartsJob job) {
        return new PartsManifest(job, List.of(), new TreeMap<>());
    }

    /** Returns true if the file exists, in whatever form. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    }

    void write(Path folder) {
        Path file = folder.resolve(FILE);
        PartFile.removeLink(file);
        AtomicFile.write(file, this::writeTo);
    }

    private void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("call", job.call());
            json.writeStringField("hash", job.hash());
            json.writeObjectFieldStart("versions");
            for (Map.Entry<String, String> version : job.versions().entrySet()) {
                json.writeStringField(version.getKey(), version.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("seed", job.seed());
            json.writeNumberField("samples", job.samples());
            json.writeNumberField("batch", job.batch());
            json.writeObjectFieldStart("arrays");
            for (PartArray array : arrays) {
                json.writeObjectFieldStart(array.name());
                json.writeStringField("type", array.type().toString());
                long[] shape = array.shape(job.samples()).toArray();
                json.writeFieldName("shape");
                json.writeArray(shape, 0, shape.length);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("parts");
            for (PartFile.Written part : parts.values()) {
                json.writeStartObject();
                json.writeNumberField("number", part.number());
                json.writeStringField("file", part.file());
                json.writeNumberField("first", job.first(part.number()));
                json.writeNumberField("count", part.count());
                json.writeNumberField("bytes", part.bytes());
                json.writeStringField("sha256", part.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** @throws IOException with the reason, unless the file is such a list */
    static PartsManifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no file, or a link");
        }
        ObjectNode json = FileJson.object(Files.readAllBytes(file));
        if (!text(json, "format").equals(FORMAT)) {
            throw new IOException("its format is " + FileText.shown(text(json, "format")));
        }
        if (whole(json, "version") != VERSION) {
            throw new IOException("its version is " + whole(json, "version") + ", and version " + VERSION + " is read");
        }
        PartsJob job = job(json);
        List<PartArray> arrays = arrays(json, job);
        SortedMap<Integer, PartFile.Written> parts = new TreeMap<>();
        for (JsonNode each : field(json, "parts")) {
            PartFile.Written part = part(each, job);
            if (parts.put(part.number(), part) != null) {
                throw new IOException("it lists part " + part.number() + " twice");
            }
        }
        if (!parts.isEmpty() && arrays.isEmpty()) {
            throw new IOException("it lists parts without their arrays");
        }
        return new PartsManifest(job, arrays, parts);
    }

    private static PartsJob job(JsonNode json) throws IOException {
        SortedMap<String, String> versions = new TreeMap<>();
        JsonNode listed = field(json, "versions");
        for (Iterator<String> names = listed.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            versions.put(name, text(listed, name));
        }
        try {
            return new PartsJob(
                    text(json, "call"),
                    text(json, "hash"),
                    versions,
                    whole(json, "seed"),
                    whole(json, "samples"),
                    Math.toIntExact(whole(json, "batch")));
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            throw new IOException("it has impossible numbers of samples", impossible);
        }
    }

    private static List<PartArray> arrays(JsonNode json, PartsJob job) throws IOException {
        List<PartArray> arrays = new ArrayList<>();
        JsonNode listed = field(json, "arrays");
        for (Iterator<String> names = listed.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode array = field(listed, name);
            List<Long> shape = new ArrayList<>();
            for (JsonNode size : field(array, "shape")) {
                if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
                    throw new IOException("the shape of " + FileText.shown(name) + " is none");
                }
                shape.add(size.longValue());
            }
            Optional<DType> type = type(text(array, "type"));
            if (type.isEmpty() || shape.isEmpty() || shape.getFirst() != job.samples()) {
                throw new IOException("the shape or type of " + FileText.shown(name) + " is none of samples");
            }
            Shape sample = new Shape(shape.subList(1, shape.size()));
            Shape all = sample.prepended(job.samples());
            if (!all.isCountable()
                    || all.elements() > Long.MAX_VALUE / type.get().bytes()) {
                throw new IOException("the shape of " + FileText.shown(name) + " is beyond all files");
            }
            arrays.add(new PartArray(name, type.get(), sample));
        }
        return List.copyOf(arrays);
    }

    private static Optional<DType> type(String name) {
        return List.of(DType.FLOAT32, DType.FLOAT64).stream()
                .filter(type -> type.toString().equals(name))
                .findFirst();
    }

    private static PartFile.Written part(JsonNode json, PartsJob job) throws IOException {
        long number = whole(json, "number");
        if (number < 0 || number >= job.parts()) {
            throw new IOException("it lists part " + number + ", and there are " + job.parts());
        }
        int its = (int) number;
        String sum = text(json, "sha256");
        if (whole(json, "count") != job.count(its)
                || whole(json, "bytes") < 0
                || !SHA256.matcher(sum).matches()) {
            throw new IOException("its entry of part " + number + " is none");
        }
        return new PartFile.Written(its, PartFile.name(its), whole(json, "bytes"), sum, job.count(its));
    }

    private static JsonNode field(JsonNode json, String name) throws IOException {
        JsonNode field = json.get(name);
        if (field == null) {
            throw new IOException("it lacks `" + FileText.shown(name) + "`");
        }
        return field;
    }

    private static String text(JsonNode json, String name) throws IOException {
        JsonNode field = field(json, name);
        if (!field.isTextual()) {
            throw new IOException("its `" + FileText.shown(name) + "` is no string");
        }
        return field.textValue();
    }

    private static long whole(JsonNode json, String name) throws IOException {
        JsonNode field = field(json, name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw new IOException("its `" + name + "` is no whole number");
        }
        return field.longValue();
    }

    /** Returns the numbers of the parts that are not listed. */
    List<Integer> missing(int most) {
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < job.parts() && missing.size() < most; i++) {
            if (!parts.containsKey(i)) {
                missing.add(i);
            }
        }
        return missing;
    }
}
