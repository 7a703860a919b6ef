package org.sdescript.data.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.sdescript.data.csv.CsvOptions.Choice;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.files.FileText;

/**
 * A column of a file.
 *
 * @param named true if the name is from the file
 */
record Column(int index, String name, boolean named) {

    /** Returns the column as in messages: {@code column "age"}. */
    String described() {
        return named ? "column \"" + FileText.shown(name) + "\"" : "column " + index;
    }

    /** Returns the column as in {@code columns = […]}. */
    String literal() {
        return named ? '"' + FileText.shown(name) + '"' : String.valueOf(index);
    }

    static List<Column> of(String[] first, boolean header) {
        return IntStream.range(0, first.length)
                .mapToObj(k -> header && !first[k].isEmpty()
                        ? new Column(k, PrintableText.withoutControls(first[k]), true)
                        : new Column(k, "column_" + k, false))
                .toList();
    }

    static List<Column> chosen(String file, List<Column> all, List<Choice> choices) {
        Map<String, List<Column>> byName = new HashMap<>();
        all.forEach(column ->
                byName.computeIfAbsent(column.name, name -> new ArrayList<>(1)).add(column));
        List<Column> chosen = choices.isEmpty()
                ? all
                : choices.stream()
                        .map(choice -> find(file, all, byName, choice))
                        .toList();
        Set<Choice> asked = new HashSet<>(choices);
        for (Column column : chosen) {
            if (byName.getOrDefault(column.name, List.of()).size() > 1
                    && !asked.contains(new Choice.At(column.index))) {
                throw CsvFault.sameName(file, column, all);
            }
        }
        return chosen;
    }

    private static Column find(String file, List<Column> all, Map<String, List<Column>> byName, Choice choice) {
        return switch (choice) {
            case Choice.Named(String name) ->
                byName.getOrDefault(PrintableText.withoutControls(name), List.of()).stream()
                        .filter(Column::named)
                        .findFirst()
                        .orElseThrow(() -> CsvFault.unknownColumn(file, name, all));
            case Choice.At(int index) -> {
                int place = index < 0 ? all.size() + index : index;
                if (place < 0 || place >= all.size()) {
                    throw CsvFault.noSuchPlace(file, index, all);
                }
                yield all.get(place);
            }
        };
    }
}
