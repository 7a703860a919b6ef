package org.sdescript.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "Sqrt, sqrt",
        "sqtr, sqrt",
        "lagnevin, langevin",
        "langvin, langevin",
        "scorr, score",
        "gaussan, gaussian",
        "reverse_difusion, reverse_diffusion",
        "reverse_diffsoin, reverse_diffusion",
        "maxx, max"
    })
    void a_typing_error_is_understood(String written, String meant) {
        assertThat(Spelling.nearest(written, List.of(meant, "entirely_other"))).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "mod, mmd",
        "kangevin, langevin",
        "asin, sin",
        "log10, log1p",
        "tore, core",
        "cat, car",
        "x, y",
        "'', x",
        "score, spare",
        "mlp2, mlp1"
    })
    void a_name_that_only_looks_alike_is_not(String written, String name) {
        assertThat(Spelling.nearest(written, List.of(name))).isEmpty();
    }

    @Test
    void the_closest_name_is_chosen_and_the_same_letters_come_first() {
        assertThat(Spelling.nearest("gaussien", List.of("gaussians", "gaussian")))
                .contains("gaussian");
        assertThat(Spelling.nearest("VP", List.of("vp", "Vp"))).contains("Vp");
        assertThat(Spelling.nearest("vp", List.of("VP"))).contains("VP");
    }

    @Test
    void of_a_few_names_the_only_one_with_this_word_is_meant() {
        assertThat(Spelling.nearestOfFew("rate", List.of("learning_rate", "beta1", "rates_at")))
                .contains("learning_rate");
        assertThat(Spelling.nearestOfFew("rate", List.of("learning_rate", "decay_rate")))
                .isEmpty();
        assertThat(Spelling.nearestOfFew("lea", List.of("learning_rate"))).isEmpty();
    }

    @Test
    void of_a_few_names_one_wrong_letter_is_enough() {
        assertThat(Spelling.nearestOfFew("tore", List.of("core", "size"))).contains("core");
        assertThat(Spelling.nearestOfFew("cat", List.of("car"))).isEmpty();
        assertThat(Spelling.nearestOfFew("shape", List.of("size"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abc, abc, 0",
        "abc, abd, 1",
        "abc, acb, 1",
        "abc, ab, 1",
        "'', abc, 3",
        "kitten, sitting, 3",
        "ABC, abc, 0"
    })
    void the_distance_counts_letters_changed_added_left_out_or_exchanged(String left, String right, int distance) {
        assertThat(Spelling.distance(left, right)).isEqualTo(distance);
        assertThat(Spelling.distance(right, left)).isEqualTo(distance);
    }
}
