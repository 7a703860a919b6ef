package org.sdescript.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.runtime.TerminalAbilities;

class TerminalDetectionTest {

    @Test
    void a_terminal_without_a_type_shows_text_only() {
        assertThat(TerminalDetection.type(Map.of())).isEqualTo("dumb");
        assertThat(TerminalDetection.type(Map.of("TERM", " "))).isEqualTo("dumb");
        assertThat(TerminalDetection.type(Map.of("TERM", "xterm-256color"))).isEqualTo("xterm-256color");
        assertThat(TerminalDetection.isRich(Map.of("TERM", ""))).isFalse();
    }

    @Test
    void terminals_take_images_where_they_say_so() {
        assertThat(images(Map.of("TERM", "xterm-256color"))).isEqualTo(TerminalAbilities.Images.NONE);
        assertThat(images(Map.of("TERM", "xterm-kitty", "KITTY_WINDOW_ID", "1")))
                .isEqualTo(TerminalAbilities.Images.KITTY);
        assertThat(images(Map.of("TERM", "xterm-256color", "TERM_PROGRAM", "iTerm.app")))
                .isEqualTo(TerminalAbilities.Images.ITERM);
        assertThat(images(Map.of("TERM", "foot"))).isEqualTo(TerminalAbilities.Images.SIXEL);
    }

    @Test
    void what_stands_between_us_and_the_terminal_hands_no_images_on() {
        assertThat(images(Map.of("TERM", "tmux-256color", "KITTY_WINDOW_ID", "1")))
                .isEqualTo(TerminalAbilities.Images.NONE);
        assertThat(images(Map.of("TERM", "xterm-kitty", "TMUX", "/tmp/x"))).isEqualTo(TerminalAbilities.Images.NONE);
    }

    @Test
    void colours_are_left_out_where_they_are_not_wanted() {
        assertThat(TerminalDetection.colours(Map.of("TERM", "xterm"))).isTrue();
        assertThat(TerminalDetection.colours(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(TerminalDetection.colours(Map.of("TERM", "dumb"))).isFalse();
        assertThat(TerminalDetection.colours(Map.of())).isFalse();
    }

    private static TerminalAbilities.Images images(Map<String, String> environment) {
        return TerminalDetection.of(environment, 80, 24).images();
    }
}
