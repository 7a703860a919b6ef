package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.display.MessageJson;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileJson;

/** The cells that were run, of this session and of earlier ones. A file that cannot be written keeps none. */
public final class History {
    private static final int MOST = 10_000;
    private static final int KEPT = 5_000;

    /**
     * A cell that was run.
     *
     * @param session the number of its session
     * @param line its execution count
     */
    private record Entry(int session, int line, String source) {
        private static Optional<Entry> parse(String text) {
            try {
                ObjectNode json = FileJson.object(text.getBytes(StandardCharsets.UTF_8));
                return Optional.of(new Entry(
                        json.path("session").asInt(),
                        json.path("line").asInt(),
                        json.path("source").asText()));
            } catch (IOException halfWritten) {
                return Optional.empty();
            }
        }

        private String text() {
            ObjectNode json = MessageJson.object()
                    .put("session", session)
                    .put("line", line)
                    .put("source", source);
            return MessageJson.text(json) + "\n";
        }
    }

    private final Optional<Path> file;
    private final List<Entry> entries;
    private int session;
    private boolean hasCells;

    /** @param file a line of JSON for each cell; if empty, only this session's cells are kept */
    public History(Optional<Path> file) {
        this.file = file;
        this.entries = new ArrayList<>();
        file.filter(Files::exists).ifPresent(path -> withLock(path, () -> entries.addAll(read(path))));
        this.session = next(entries);
    }

    private static int next(List<Entry> entries) {
        return entries.stream().mapToInt(Entry::session).max().orElse(0) + 1;
    }

    /** Does work that no other kernel does at the same time; where the file system has no locks, without one. */
    private static void withLock(Path file, Runnable work) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        // a lock belongs to the process, so that two threads cannot both ask for it
        synchronized (History.class) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                work.run();
            } catch (IOException noLocks) {
                work.run();
            }
        }
    }

    private static List<Entry> read(Path file) {
        try {
            List<Entry> all = Files.exists(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .lines()
                            .flatMap(line -> Entry.parse(line).stream())
                            .toList()
                    : List.of();
            if (all.size() <= MOST) {
                return all;
            }
            List<Entry> kept = all.subList(all.size() - KEPT, all.size());
            AtomicFile.write(file, kept.stream().map(Entry::text).collect(Collectors.joining()));
            return kept;
        } catch (IOException | SdeError unusable) {
            return List.of();
        }
    }

    void add(int line, String source) {
        file.ifPresentOrElse(
                path -> withLock(path, () -> append(path, line, source)),
                () -> entries.add(new Entry(session, line, source)));
    }

    /** The first cell settles the session's number, since another kernel may have taken it since. */
    private void append(Path path, int line, String source) {
        if (!hasCells) {
            session = Math.max(session, next(read(path)));
            hasCells = true;
        }
        Entry entry = new Entry(session, line, source);
        entries.add(entry);
        try {
            String text = endsInsideLine(path) ? "\n" + entry.text() : entry.text();
            Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException full) {
            System.err.println("the history cannot be written: " + full.getMessage());
        }
    }

    /** True if a kernel was killed while it wrote the last line. */
    private static boolean endsInsideLine(Path path) throws IOException {
        if (Files.notExists(path) || Files.size(path) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }

    /** Answers a {@code history_request}. */
    ObjectNode reply(ObjectNode wanted) {
        List<Entry> found =
                switch (wanted.path("hist_access_type").asText()) {
                    case "tail" -> last(entries, wanted.path("n").asInt(MOST));
                    case "range" -> range(wanted);
                    case "search" -> search(wanted);
                    default -> List.of();
                };
        ObjectNode reply = Message.ok();
        ArrayNode list = reply.putArray("history");
        for (Entry entry : found) {
            ArrayNode item = list.addArray().add(entry.session()).add(entry.line());
            if (wanted.path("output").asBoolean()) {
                item.addArray().add(entry.source()).addNull();
            } else {
                item.add(entry.source());
            }
        }
        return reply;
    }

    /** The cells of a session from line {@code start} to before {@code stop}; session 0 is this one, −1 the last. */
    private List<Entry> range(ObjectNode wanted) {
        int number = wanted.path("session").asInt();
        int meant = number > 0 ? number : session + number;
        int start = wanted.path("start").asInt(0);
        int stop = wanted.path("stop").asInt(Integer.MAX_VALUE);
        return entries.stream()
                .filter(entry -> entry.session() == meant && entry.line() >= start && entry.line() < stop)
                .toList();
    }

    /** The cells that fit a pattern with {@code *} and {@code ?}. */
    private List<Entry> search(ObjectNode wanted) {
        Pattern pattern = Pattern.compile(
                Pattern.quote(wanted.path("pattern").asText("*"))
                        .replace("*", "\\E.*\\Q")
                        .replace("?", "\\E.\\Q"),
                Pattern.DOTALL);
        List<Entry> fitting = entries.stream()
                .filter(entry -> pattern.matcher(entry.source()).matches())
                .toList();
        if (wanted.path("unique").asBoolean()) {
            Map<String, Entry> last = new LinkedHashMap<>();
            fitting.forEach(entry -> {
                last.remove(entry.source());
                last.put(entry.source(), entry);
            });
            fitting = List.copyOf(last.values());
        }
        return last(fitting, wanted.path("n").asInt(MOST));
    }

    private static List<Entry> last(List<Entry> all, int count) {
        return List.copyOf(all.subList(Math.clamp(all.size() - (long) count, 0, all.size()), all.size()));
    }
}
