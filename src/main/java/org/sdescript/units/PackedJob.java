package org.sdescript.units;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.RandomStream;
import org.sdescript.parcel.Parcel;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkUnit;
import org.sdescript.source.Span;

/** Jobs, units and replies as parcels. */
final class PackedJob {
    private PackedJob() {}

    static Parcel of(UnitJob job, Interpreter interpreter) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("title", job.title());
        parts.put("span", job.span());
        parts.put("work", job.work());
        parts.put("shares", job.shares());
        parts.put("positional", job.arguments().positional());
        parts.put("named", job.arguments().named());
        parts.put("cut", job.cut());
        parts.put("stream", job.stream().state());
        return Parcel.of(parts, interpreter);
    }

    /** Unpacks a job in the process that runs its units. */
    @SuppressWarnings("unchecked")
    static UnitJob job(Parcel parcel, Interpreter interpreter) {
        Map<String, Object> parts = (Map<String, Object>) parcel.unpackedAsResult(interpreter);
        Span span = (Span) part(parts, "span");
        long[] stream = (long[]) part(parts, "stream");
        return new UnitJob(
                (String) part(parts, "title"),
                span,
                unit -> {
                    throw new IllegalStateException("a job of another process");
                },
                (Callable) part(parts, "work"),
                (Boolean) part(parts, "shares"),
                new Arguments((List<Value>) part(parts, "positional"), (Map<String, Value>) part(parts, "named"), span),
                (Optional<UnitJob.Cut>) part(parts, "cut"),
                RandomStream.at(stream[0], stream[1]),
                0);
    }

    private static Object part(Map<String, Object> parts, String name) {
        Object part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("a job without " + name);
        }
        return part;
    }

    static byte[] of(WorkUnit unit, Interpreter interpreter) {
        return Parcel.of(unit, interpreter).toBytes();
    }

    static WorkUnit unit(byte[] bytes, Interpreter interpreter) {
        return (WorkUnit) Parcel.of(bytes).unpackedAsResult(interpreter);
    }
}
