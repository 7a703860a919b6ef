package org.sdescript.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The events of a run for its record: metrics, trainings and samplings, written files. */
public final class RunLog {
    private static final int MOST_TABLES = 100;

    private final Console console;
    private final Map<String, Object> metrics = new LinkedHashMap<>();
    private final List<Map<String, Object>> work = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<TableValue> tables = new ArrayList<>();
    private long earlierTrainings;
    private final Set<String> noted = new HashSet<>();

    RunLog(Console console) {
        this.console = console;
    }

    /** Returns the metrics, in insertion order. */
    public Map<String, Object> metrics() {
        return metrics;
    }

    /** Returns the number of trainings so far. */
    public long trainings() {
        return earlierTrainings
                + work.stream()
                        .filter(entry -> "train".equals(entry.get("call")))
                        .count();
    }

    /** Sets the number of trainings before those of this log, which another process ran. */
    public void continueAfter(long trainings) {
        earlierTrainings = trainings;
    }

    /** Returns the trainings and samplings, in order. */
    public List<Map<String, Object>> work() {
        return work;
    }

    /** Runs work and adds its duration and description. */
    public <T> T timed(String what, Map<String, Object> about, Supplier<T> doing) {
        long start = System.nanoTime();
        T result = doing.get();
        Map<String, Object> entry = new LinkedHashMap<>(Map.of("call", what));
        entry.put("seconds", Math.round((System.nanoTime() - start) / 1e6) / 1e3);
        entry.putAll(about);
        work.add(entry);
        return result;
    }

    /** Removes the trainings, samplings and files so far, in a run that writes no record and may go on for days. */
    public void forget() {
        work.clear();
        files.clear();
    }

    /** Returns the written files. */
    public List<Path> files() {
        return files;
    }

    /** Returns the printed tables. */
    public List<TableValue> tables() {
        return tables;
    }

    /** Adds a printed table; of many tables the first hundred are kept. */
    public void printed(TableValue table) {
        TableValue plain = table.plain();
        if (tables.size() < MOST_TABLES && !tables.contains(plain)) {
            tables.add(plain);
        }
    }

    /** Adds a written file and prints its path. */
    public void wrote(Path path) {
        files.add(path);
        console.note("wrote " + path);
    }

    /** Prints a line about the run, the first time only. */
    public void noteOnce(String text) {
        if (noted.add(text)) {
            console.note(text);
        }
    }
}
