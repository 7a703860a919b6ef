package org.sdescript.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellPartTest {
    private static List<CellPart> parts(String... lines) {
        return CellPart.of(String.join("\n", lines));
    }

    private static CellPart statements(String text, int line) {
        return new CellPart(CellPart.Kind.STATEMENTS, text, line);
    }

    private static CellPart command(String text, int line) {
        return new CellPart(CellPart.Kind.COMMAND, text, line);
    }

    @Test
    void statements_stay_together() {
        assertThat(parts("x = 1", "", "x + 1")).containsExactly(statements("x = 1\n\nx + 1\n", 0));
        assertThat(parts("", " ")).isEmpty();
    }

    @Test
    void a_line_with_a_command_is_a_part_of_its_own() {
        assertThat(parts("x = 1", "%type x", ":names", "x"))
                .containsExactly(
                        statements("x = 1\n", 0),
                        command(":type x\n", 1),
                        command(":names\n", 2),
                        statements("x\n", 3));
    }

    @Test
    void a_command_goes_on_until_its_statement_is_whole() {
        assertThat(parts("%time f(1,", "  2)", "3"))
                .containsExactly(command(":time f(1,\n  2)\n", 0), statements("3\n", 2));
    }

    @Test
    void a_percent_sign_inside_a_statement_is_the_remainder() {
        assertThat(parts("x = (7", "  %a)")).containsExactly(statements("x = (7\n  %a)\n", 0));
    }

    @Test
    void two_percent_signs_take_the_whole_cell() {
        assertThat(parts("%%time", "a = 1", "a")).containsExactly(command(":time\na = 1\na", 0));
    }

    @Test
    void empty_lines_above_a_command_of_the_whole_cell_are_counted() {
        assertThat(parts("", "%%time", "a")).containsExactly(command(":time\na", 1));
    }

    @Test
    void pages_and_help_are_asked_for_on_lines_of_their_own() {
        assertThat(parts("langevin?", "?p.transition", "help pc", "1"))
                .containsExactly(
                        new CellPart(CellPart.Kind.PAGE, "langevin", 0),
                        new CellPart(CellPart.Kind.PAGE, "p.transition", 1),
                        command("help pc\n", 2),
                        statements("1\n", 3));
        assertThat(parts("help = 3")).containsExactly(statements("help = 3\n", 0));
    }
}
