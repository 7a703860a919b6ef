package org.sdescript.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final Path PAGE = Path.of("docs/prompt.md");
    private static final String BEGIN = "```text\n:";

    /** {@code -Dsde.accept=true} writes the list into the page. */
    @Test
    void the_page_on_the_prompt_has_the_list_of_help() throws IOException {
        String list = Stream.of(Command.values())
                .map(command -> command.line().strip() + "\n")
                .collect(Collectors.joining("", "```text\n", "```\n"));
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("sde.accept")) {
            int from = page.indexOf(BEGIN);
            page = page.substring(0, from) + list + page.substring(page.indexOf("```\n", from + BEGIN.length()) + 4);
            Files.writeString(PAGE, page);
        }
        assertThat(page).as("-Dsde.accept=true writes it").contains(list);
    }
}
