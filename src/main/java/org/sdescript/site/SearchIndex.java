package org.sdescript.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** The index of the search: one entry for each heading, as a script, since browsers load no other data from the disk. */
final class SearchIndex {
    static final String FILE = "search-index.js";

    private SearchIndex() {}

    /** Returns a script that sets {@code sdeIndex} to a list of page, heading, address and words. */
    static String of(List<Page> pages) {
        List<List<String>> entries = pages.stream()
                .flatMap(page -> page.sections().stream()
                        .map(section -> List.of(
                                page.title(), section.title(), page.file() + "#" + section.anchor(), section.text())))
                .toList();
        try {
            return "sdeIndex = " + new ObjectMapper().writeValueAsString(entries) + ";\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
