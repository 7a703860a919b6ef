package org.sdescript.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.display.MessageJson;

class HistoryTest {
    @TempDir
    private Path folder;

    private History opened() {
        return new History(Optional.of(folder.resolve("cells")));
    }

    private static List<String> asked(History history, ObjectNode wanted) {
        List<String> found = new ArrayList<>();
        history.reply(wanted)
                .path("history")
                .forEach(entry -> found.add(entry.path(0).asInt() + "/"
                        + entry.path(1).asInt() + " " + entry.path(2).asText()));
        return found;
    }

    private static ObjectNode wanted(String type) {
        return MessageJson.object().put("hist_access_type", type);
    }

    @Test
    void cells_are_kept_over_sessions() {
        History first = opened();
        first.add(1, "a = 1\nb = 2");
        first.add(2, "\"𝒳\"");
        History second = opened();
        second.add(1, "c");

        assertThat(asked(second, wanted("tail").put("n", 2))).containsExactly("1/2 \"𝒳\"", "2/1 c");
        assertThat(asked(second, wanted("range").put("session", -1))).containsExactly("1/1 a = 1\nb = 2", "1/2 \"𝒳\"");
        assertThat(asked(
                        second,
                        wanted("range").put("session", 1).put("start", 1).put("stop", 2)))
                .containsExactly("1/1 a = 1\nb = 2");
        assertThat(asked(second, wanted("range"))).containsExactly("2/1 c");
    }

    @Test
    void sessions_that_run_at_the_same_time_have_numbers_of_their_own() {
        History one = opened();
        History other = opened();
        one.add(1, "a");
        other.add(1, "b");
        one.add(2, "c");

        assertThat(asked(opened(), wanted("tail"))).containsExactly("1/1 a", "2/1 b", "1/2 c");
        assertThat(asked(other, wanted("range"))).containsExactly("2/1 b");
    }

    @Test
    void a_cell_after_a_line_that_was_cut_off_is_kept() throws IOException {
        Files.writeString(folder.resolve("cells"), "{\"session\": 1, \"li");
        History history = opened();
        history.add(1, "first");
        history.add(2, "second");

        assertThat(asked(opened(), wanted("tail"))).containsExactly("1/1 first", "1/2 second");
    }

    @Test
    void a_search_takes_patterns_and_may_show_equal_cells_once() {
        History history = opened();
        List.of("x = 1", "y = 2", "x = 1", "x.y(3)").forEach(text -> history.add(1, text));

        assertThat(asked(history, wanted("search").put("pattern", "x*"))).hasSize(3);
        assertThat(asked(history, wanted("search").put("pattern", "x*").put("unique", true)))
                .containsExactly("1/1 x = 1", "1/1 x.y(3)");
        assertThat(asked(history, wanted("search").put("pattern", "x.y(?)"))).hasSize(1);
        assertThat(asked(history, wanted("search").put("pattern", "x*").put("n", 1)))
                .containsExactly("1/1 x.y(3)");
    }

    @Test
    void a_damaged_line_is_skipped_and_a_missing_place_keeps_this_session_only() throws IOException {
        opened().add(1, "good");
        Path file = folder.resolve("cells");
        Files.writeString(file, Files.readString(file) + "{\"session\": 1, \"li");
        History none = new History(Optional.empty());
        none.add(1, "here");

        assertThat(asked(opened(), wanted("tail"))).containsExactly("1/1 good");
        assertThat(asked(none, wanted("tail"))).containsExactly("1/1 here");
    }
}
