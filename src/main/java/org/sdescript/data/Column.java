package org.sdescript.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.data.CsvOptions.Choice;

/**
 * A column of a file as the user knows it.
 *
 * @param named whether the file gives the name
 */
record Column(int index, String name, boolean named) {

    /** As in "line 3, column "age"". */
    String described() {
        return named ? "column \"" + name.replaceAll("\\R", "⏎") + "\"" : "column " + index;
    }

    /** As one writes it into {@code columns = […]}. */
    String literal() {
        return named ? '"' + name + '"' : String.valueOf(index);
    }

    static List<Column> of(String[] first, boolean header) {
        return IntStream.range(0, first.length)
                .mapToObj(k -> header && !first[k].isEmpty()
                        ? new Column(k, first[k], true)
                        : new Column(k, "column_" + k, false))
                .toList();
    }

    static List<Column> chosen(String file, List<Column> all, List<Choice> choices) {
        List<Column> chosen = choices.isEmpty()
                ? all
                : choices.stream().map(choice -> find(file, all, choice)).toList();
        List<String> names = new ArrayList<>(all.stream().map(Column::name).toList());
        for (Column column : chosen) {
            boolean byPlace = choices.contains(new Choice.At(column.index));
            if (!byPlace && Collections.frequency(names, column.name) > 1) {
                throw CsvFault.sameName(file, column, all);
            }
        }
        return chosen;
    }

    private static Column find(String file, List<Column> all, Choice choice) {
        return switch (choice) {
            case Choice.Named(String name) ->
                all.stream()
                        .filter(column -> column.named && column.name.equals(name))
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
