package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sdescript.image.StrokeGlyph;

class StrokeTextTest {
    @Test
    void every_printable_ascii_letter_has_strokes_of_its_own() {
        StrokeGlyph unknown = StrokeGlyph.of('字');
        assertThat(IntStream.rangeClosed('!', '~').mapToObj(StrokeGlyph::of))
                .hasSize(94)
                .doesNotHaveDuplicates()
                .noneMatch(glyph -> glyph == unknown)
                .allSatisfy(glyph -> assertThat(glyph.strokes()).isNotEmpty());
    }

    @Test
    void the_letters_of_tick_labels_are_known() {
        StrokeGlyph unknown = StrokeGlyph.of('字');
        assertThat("−×⁻".codePoints().mapToObj(StrokeGlyph::of)).doesNotContain(unknown);
        double raised = new StrokeText().width("²", TextStyle.X_TICK);
        assertThat(raised).isLessThan(new StrokeText().width("2", TextStyle.X_TICK));
    }
}
