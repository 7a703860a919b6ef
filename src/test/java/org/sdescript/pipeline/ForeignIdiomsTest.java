package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;
import org.sdescript.check.Globals;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/**
 * Idioms of other languages get the equivalent in this language; words that only look like a name get no suggestion.
 */
class ForeignIdiomsTest {
    private static final Path IDIOMS = Path.of("src/test/sde/foreign-idioms.txt");
    private static final Path TABLE = Path.of("src/main/resources/org/sdescript/diagnostic/foreign-names.txt");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CALLED = Pattern.compile("(?<![.\\w])([A-Za-z_]\\w*)\\(");
    private static final Globals GLOBALS = new StandardLibrary().globals();

    @TestFactory
    Stream<DynamicTest> an_idiom_is_answered_with_what_to_write() throws IOException {
        return Files.readAllLines(IDIOMS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("  ⟶  "))
                .map(cells -> DynamicTest.dynamicTest(cells[0], () -> {
                    Diagnostic first = first(cells[0].replace("\\n", "\n") + "\n");
                    assertThat(first.code()).isEqualTo(cells[1]);
                    assertThat(first.help()).hasValue(cells[2]);
                }));
    }

    private static Diagnostic first(String text) {
        List<Diagnostic> checked = Script.PIPELINE.check(new Source("script.sde", text));
        if (!checked.isEmpty()) {
            return checked.getFirst();
        }
        try {
            Script.run(text);
        } catch (SdeError error) {
            return error.diagnostics().getFirst();
        }
        throw new AssertionError("nothing is said of " + text);
    }

    /** Every piece of code in the table parses, and calls only existing functions. */
    @Test
    void the_table_says_nothing_that_cannot_be_written() throws IOException {
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("#") || line.startsWith("[") || !line.contains(" | ")) {
                continue;
            }
            String help = line.split(" \\| ", 2)[1];
            CODE.matcher(help).results().map(code -> code.group(1)).forEach(code -> {
                String script = code.replace("…", "1").replace("{}", "1");
                script += code.startsWith("for ") && !code.contains("{") ? " { }" : "";
                boolean whole = !code.matches("}|\\{ … }|\\d.*[+-]?|##|--.*|:quit|param .*|try|with|`");
                boolean named = code.matches("\\w+( = .*|, \\w+ = .*)");
                if (whole) {
                    assertThat(Parser.parse(new Source("table", named ? "f(" + script + ")" : script))
                                    .diagnostics())
                            .as(line)
                            .isEmpty();
                }
                CALLED.matcher(code)
                        .results()
                        .map(called -> called.group(1))
                        .filter(called -> !Set.of("fn", "f", "model", "name", "Name", "drift", "diffusion", "if", "net")
                                .contains(called))
                        .forEach(called -> assertThat(GLOBALS.names()).as(line).contains(called));
            });
        }
    }

    @Test
    void a_name_that_has_another_one_here_is_renamed_to_one_that_exists() {
        Set<String> words = Set.of("true", "false", "none", "inf", "nan", "pi");
        for (String name : ForeignNames.in("names")) {
            ForeignNames.renamed(name)
                    .filter(here -> !words.contains(here))
                    .ifPresent(here -> assertThat(GLOBALS.names()).as(name).contains(here));
            assertThat(GLOBALS.names()).as(name + " is a name of the language").doesNotContain(name);
        }
    }

    /** Words of other fields and languages, and short names one letter off a name here: none is suggested. */
    @Test
    void what_only_looks_like_a_name_is_not_suggested() {
        for (String word :
                ("np nn pd px dx dy dz dt du id io os sp tf e i j k f g h y z a b vq xp mod dot cat mad sod led mat"
                                + " tab met nit sum2 log2 exp3 asin acos import hstack vstack tolist angle power"
                                + " torch chart shape2 shine lane moose train_loss model1 points beta gamma theta alpha epsilon"
                                + " lambda epoch data2 image2 frame rate latex2 inv2 lenght3 x1 x2 v0 jdx tmp foo baz qux"
                                + " spam egg hello world cost best index count total result left right")
                        .split(" ")) {
            assertThat(Spelling.nearest(word, GLOBALS.names())).as(word).isEmpty();
        }
    }

    @Test
    void among_a_few_names_one_wrong_letter_of_four_is_near() {
        assertThat(Spelling.nearestOfFew("tyme", List.of("help", "load", "time", "type")))
                .hasValue("time");
        assertThat(Spelling.nearestOfFew("tine", List.of("x", "time"))).hasValue("time");
        assertThat(Spelling.nearestOfFew("foot", List.of("help", "load", "time")))
                .isEmpty();
        assertThat(Spelling.nearestOfFew("y", List.of("x", "t"))).isEmpty();
        assertThat(Spelling.nearestOfFew("std", List.of("sde"))).isEmpty();
    }

    @Test
    void slips_of_the_fingers_are_put_right() {
        for (String pair :
                ("sqt sqrt,smaple sample,trian train,langvin langevin,LINEAR linear,vp VP,nromal normal,prnit print,"
                                + "reverse_difusion reverse_diffusion,euler_maryama euler_maruyama,energy_distanse energy_distance,"
                                + "lenn len,sni sin,moon moons,concta concat,Mixture mixture")
                        .split(",")) {
            String[] words = pair.split(" ");
            assertThat(Spelling.nearest(words[0], GLOBALS.names())).as(pair).hasValue(words[1]);
        }
    }

    @Test
    void a_value_is_not_suggested_for_a_function_nor_a_function_for_a_number() {
        assertThat(first("value = 3\nprint(valeu(1))\n").help()).isEmpty();
        assertThat(first("value = 3\nprint(valeu + 1)\n").help()).hasValue("did you mean `value`?");
        assertThat(first("print(smaple + 1)\n").help()).isEmpty();
        assertThat(first("print(smaple(1))\n").help()).hasValue("did you mean `sample`?");
    }
}
