package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/running.md lists the commands and options with the texts of {@code --help}; {@code -Dsde.accept=true} writes them. */
class CommandTableTest {
    private static final Path PAGE = Path.of("docs/running.md");
    private static final String BEGIN = "```text\nsde run ";
    private static final String END = "```\n";
    private static final int WIDTH = 26;

    @Test
    void the_page_on_running_has_the_texts_of_help() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN);
        int to = page.indexOf(END, from + BEGIN.length());
        String table = "```text\n" + String.join("\n", table()) + "\n";
        if (Boolean.getBoolean("sde.accept")) {
            page = page.substring(0, from) + table + page.substring(to);
            Files.writeString(PAGE, page);
        }
        assertThat(page).as("-Dsde.accept=true writes it").contains(table + END);
    }

    @Test
    void each_command_is_made_by_its_own_name() {
        assertThat(Main.line("").getSubcommands().keySet())
                .allSatisfy(name -> assertThat(Main.line(name).getSubcommands()).containsKey(name));
    }

    private static List<String> table() {
        List<String> lines = new ArrayList<>();
        Main.line("").getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            lines.add(line(
                    Stream.concat(
                                    Stream.of("sde " + name),
                                    spec.positionalParameters().stream().map(CommandTableTest::label))
                            .collect(Collectors.joining(" ")),
                    spec.usageMessage().description()));
            spec.options().stream()
                    .filter(option -> !List.of(option.names()).contains("--help"))
                    .forEach(option -> lines.add(line("    " + names(option), option.description())));
        });
        return lines;
    }

    private static String line(String left, String... description) {
        return left + " ".repeat(WIDTH - left.length()) + String.join(" ", description);
    }

    private static String label(PositionalParamSpec each) {
        String label = each.arity().max() > 1 ? each.paramLabel() + " …" : each.paramLabel();
        return each.arity().min() > 0 || each.hideParamSyntax() ? label : "[" + label + "]";
    }

    private static String names(OptionSpec option) {
        return String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
    }
}
