package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.Test;
import org.sdescript.source.Source;

class PositionsTest {
    @Test
    void a_position_behind_the_end_of_its_line_means_that_end() {
        Source source = new Source("text", "ab\r\ncd\n");

        assertThat(Positions.offset(source, new Position(0, 9))).isEqualTo(2);
        assertThat(Positions.offset(source, new Position(1, Integer.MAX_VALUE))).isEqualTo(6);
        assertThat(Positions.offset(source, new Position(Integer.MAX_VALUE, 0))).isEqualTo(7);
    }
}
