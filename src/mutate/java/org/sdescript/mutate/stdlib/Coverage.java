package org.sdescript.mutate.stdlib;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.mutate.stdlib.LibraryMutant.Range;

/** Which tests evaluate which places of the library, and how long each takes. */
final class Coverage {
    /** A test that passes on the library as it is. */
    record Test(String id, long milliseconds) {}

    private static final long UNKNOWN = 1000;

    private final Map<String, Map<Range, Set<Test>>> places = new HashMap<>();
    private final Map<String, Test> tests = new HashMap<>();

    private final List<Test> ofSignatures = new ArrayList<>();

    /** A record written by {@link Worker}: one test, or the code of a factory or class outside of its tests. */
    private record Told(boolean isTest, String id, String status, long milliseconds, List<String> places) {
        static Told of(String line) {
            String[] words = line.split("\t", -1);
            List<String> places = words[4].isEmpty() ? List.of() : List.of(words[4].split(","));
            return new Told(words[0].equals("test"), words[1], words[2], Long.parseLong(words[3]), places);
        }
    }

    /** Reads the measured tests; without those that take longer, or fail on the library as it is. */
    static Coverage read(Path file, long longest, String signatures) throws IOException {
        Pattern looksAtSignatures = Pattern.compile("\\[class:[\\w.]*\\.(" + signatures + ")]");
        List<Told> lines;
        try (Stream<String> all = Files.lines(file)) {
            lines = all.map(Told::of).toList();
        }
        Map<String, List<Told>> outside =
                lines.stream().filter(told -> !told.isTest()).collect(Collectors.groupingBy(Told::id));
        Coverage coverage = new Coverage();
        for (Told told : lines) {
            if (told.isTest() && told.status().equals("SUCCESSFUL")) {
                List<Told> needed = new ArrayList<>(List.of(told));
                for (int end = told.id().lastIndexOf("/[");
                        end > 0;
                        end = told.id().lastIndexOf("/[", end - 1)) {
                    needed.addAll(outside.getOrDefault(told.id().substring(0, end), List.of()));
                }
                Test test = new Test(
                        told.id(), needed.stream().mapToLong(Told::milliseconds).sum());
                if (looksAtSignatures.matcher(test.id()).find()) {
                    coverage.ofSignatures.add(test);
                    coverage.tests.put(test.id(), test);
                } else if (test.milliseconds() <= longest) {
                    needed.forEach(each -> coverage.add(test, each.places()));
                }
            }
        }
        return coverage;
    }

    private void add(Test test, List<String> visited) {
        for (String place : visited) {
            String[] words = place.split(" ");
            Range range = new Range(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            places.computeIfAbsent(words[0], any -> new HashMap<>())
                    .computeIfAbsent(range, any -> new LinkedHashSet<>())
                    .add(test);
            tests.put(test.id(), test);
        }
    }

    int size() {
        return tests.size();
    }

    long milliseconds(String id) {
        return tests.containsKey(id) ? tests.get(id).milliseconds() : UNKNOWN;
    }

    /**
     * The tests that evaluate the mutant's place, the quickest first; where its place is not evaluated by itself, those
     * that evaluate the smallest place around it, or else anything of its declaration.
     */
    List<Test> of(LibraryMutant mutant) {
        Map<Range, Set<Test>> inFile = places.getOrDefault(mutant.file(), Map.of());
        Set<Test> found = new HashSet<>();
        inFile.keySet().stream()
                .filter(range -> range.holds(mutant.place()) && !range.equals(mutant.declaration()))
                .min(Comparator.comparingInt(Range::length))
                .ifPresentOrElse(range -> found.addAll(inFile.get(range)), () -> inFile.keySet().stream()
                        .filter(mutant.declaration()::holds)
                        .forEach(range -> found.addAll(inFile.get(range))));
        if (mutant.isDefault()) {
            found.addAll(ofSignatures);
        }
        return found.stream()
                .sorted(Comparator.comparingLong(Test::milliseconds).thenComparing(Test::id))
                .toList();
    }
}
