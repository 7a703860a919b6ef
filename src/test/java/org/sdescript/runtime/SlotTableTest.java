package org.sdescript.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotTableTest {
    private static final SlotTable CLIP = new SlotTable(
            "clip", List.of(required("x"), optional("axis", 0)), List.of(required("low"), optional("high", 2)), false);

    @Test
    void slots_are_the_variables_and_then_the_parameters() {
        assertThat(CLIP.slots()).extracting(SlotTable.Slot::name).containsExactly("x", "axis", "low", "high");
        assertThat(CLIP.variables()).extracting(SlotTable.Slot::name).containsExactly("x", "axis");
        assertThat(CLIP.parameters()).extracting(SlotTable.Slot::name).containsExactly("low", "high");
        assertThat(CLIP.isVariable("axis")).isTrue();
        assertThat(CLIP.isVariable("low")).isFalse();
    }

    @Test
    void a_slot_is_found_by_name_and_by_position() {
        assertThat(CLIP.slot("low")).contains(CLIP.slots().get(2));
        assertThat(CLIP.slot("lwo")).isEmpty();
        assertThat(CLIP.slot(3, Optional.empty())).contains(CLIP.slots().get(3));
        assertThat(CLIP.slot(0, Optional.of("high"))).contains(CLIP.slots().get(3));
        assertThat(CLIP.slot(4, Optional.empty())).isEmpty();
    }

    @Test
    void only_a_required_variable_has_to_be_given() {
        assertThat(CLIP.needsVariable()).isTrue();
        assertThat(new SlotTable("f", List.of(optional("x", 0)), List.of(required("n")), false).needsVariable())
                .isFalse();
    }

    @Test
    void the_text_is_that_of_a_declaration() {
        SlotTable print = new SlotTable("print", List.of(), List.of(optional("width", 80)), true);

        assertThat(CLIP).hasToString("clip(x, axis = 0; low, high = 2)");
        assertThat(CLIP.named("limit")).hasToString("limit(x, axis = 0; low, high = 2)");
        assertThat(print).hasToString("print(…; width = 80)");
        assertThat(new SlotTable("f", List.of(), List.of(required("n")), false)).hasToString("f(n)");
        assertThat(CLIP.takes()).isEqualTo("clip takes (x, axis = 0; low, high = 2)");
        assertThat(CLIP.of("low")).isEqualTo("`low` of clip");
    }

    private static SlotTable.Slot required(String name) {
        return new SlotTable.Slot(name, SlotTable.Fallback.REQUIRED);
    }

    private static SlotTable.Slot optional(String name, double fallback) {
        return new SlotTable.Slot(name, new SlotTable.Fallback.Constant(Value.number(fallback)));
    }
}
