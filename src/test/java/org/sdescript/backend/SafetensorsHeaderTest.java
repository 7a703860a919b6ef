package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SafetensorsHeaderTest {
    private static SafetensorsHeader header(String text, long size) throws Exception {
        return SafetensorsHeader.of((ObjectNode) new ObjectMapper().readTree(text), size);
    }

    private static String tensor(String name, long elements, long from, long to) {
        return "\"%s\": {\"dtype\": \"F32\", \"shape\": [%d], \"data_offsets\": [%d, %d]}"
                .formatted(name, elements, from, to);
    }

    @Test
    void an_empty_tensor_may_stand_behind_the_one_that_begins_at_its_place() throws Exception {
        String text = "{" + tensor("b", 2, 0, 8) + ", " + tensor("a", 0, 0, 0) + "}";

        assertThat(header(text, 8).tensors().keySet()).containsExactly("b", "a");
    }

    @Test
    void tensors_that_overlap_or_leave_a_gap_are_refused() {
        String overlap = "{" + tensor("a", 2, 0, 8) + ", " + tensor("b", 2, 4, 12) + "}";
        String gap = "{" + tensor("a", 2, 0, 8) + ", " + tensor("b", 2, 12, 20) + "}";

        assertThatThrownBy(() -> header(overlap, 12)).hasMessageContaining("`b` does not follow");
        assertThatThrownBy(() -> header(gap, 20)).hasMessageContaining("`b` does not follow");
    }
}
