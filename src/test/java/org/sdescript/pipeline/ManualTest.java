package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.PictureFiles;
import org.sdescript.Print;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.data.PartFolders;
import org.sdescript.manual.Help;
import org.sdescript.manual.ManualEntry;
import org.sdescript.manual.Reference;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;

/** Every name of the language has an entry, with an example that runs and prints what its comments say. */
@Tag("numbers")
class ManualTest {
    /** A comment of an example: the expected output. */
    private static final Pattern SAID = Pattern.compile("(?m)(?:^|\\s)# (.*)$");

    private static final Pattern KEYWORD = Pattern.compile("(?m)^[A-Z]+: '([a-z]+)';");

    /** An item of a list, with the lines that continue it. */
    private static final Pattern ITEM = Pattern.compile("(?ms)^- .*?(?=^- |^$|\\z)");

    private static final Pattern FIELD = Pattern.compile("`[a-z]*\\.([A-Za-z_]+)");

    @TestFactory
    Stream<DynamicTest> an_entry_tells_something() {
        return entries()
                .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> {
                    assertThat(entry.text()).hasSizeGreaterThan(6);
                    assertThat(entry.examples().isBlank() && entry.theme() != Chapter.WORDS)
                            .as("%s lacks an example", entry.name())
                            .isFalse();
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_example_uses_its_name_and_prints_what_it_says() {
        return Stream.concat(entries(), LibraryScripts.localEntries().stream())
                .filter(entry -> !entry.examples().isBlank())
                .map(entry -> DynamicTest.dynamicTest(entry.theme().word() + " " + entry.name(), () -> {
                    if (entry.theme() != Chapter.VALUES && entry.theme() != Chapter.WORDS) {
                        assertThat(entry.examples()).contains(entry.name());
                    }
                    Path folder = Script.temporary();
                    Files.writeString(folder.resolve("measurements.csv"), "mass,length,place\n1,2,5\n3,4,6\n");
                    PictureFiles.in(folder);
                    PartFolders.finished(folder.resolve("samples"), 10, 4);
                    prints(entry.examples(), Script.run(entry.examples(), folder));
                }));
    }

    /** Each comment is a printed line, in the same order. */
    private static void prints(String example, List<String> printed) {
        int next = 0;
        for (String said :
                SAID.matcher(example).results().map(match -> match.group(1)).toList()) {
            while (next < printed.size() && !Print.shows(said, printed.get(next))) {
                next++;
            }
            assertThat(next).as("prints \"%s\" among %s", said, printed).isLessThan(printed.size());
            next++;
        }
    }

    @Test
    void every_keyword_is_explained() throws IOException {
        List<String> known = entries().flatMap(entry -> entry.names().stream()).toList();
        List<String> keywords = KEYWORD.matcher(Files.readString(Path.of("grammar/SdeLexer.g4")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(keywords).hasSizeGreaterThan(10).isSubsetOf(known);
        assertThat(known).contains("sde", "param", "import", "fn", "network", "pi", "π", "inf", "nan", "dt", "dw");
    }

    /** The values beside an entry have, together, the fields that the lists of the entry name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            process        | [VP(), DDPM(n = 100)]
            transition     | [VP().transition, CLD().transition, VP().transition.between(0.1, 0.2)]
            chain of steps | [DDPM(n = 100).chain]
            explanation    | [explain(VP())]
            distribution   | [normal(), mixture(means = [0, 1], stds = 1), normal(mean = {x: 1, v: 0}), CLD().prior]
            data set       | [moons(10)]
            table          | [table([{a: 1}])]
            error          | [safe(() -> fail("x"))]
            tensor         | [zeros([2])]
            model          | [train(mlp(hidden = 4), moons(10), VP(), steps = 1, batch = 4)]
            """)
    void an_entry_on_values_lists_their_fields_and_no_others(String name, String values) {
        Source script =
                new Source("script.sde", "fn safe(f) { try { return f() } catch e { return e } }\nvalues = " + values);
        Path file = Path.of(script.name());
        try (Session session =
                new Session(Settings.standard(), new RecordedConsole(), Script.temporary(), file.toAbsolutePath())) {
            Environment names = Script.PIPELINE.run(
                    Script.PIPELINE.program(script), file, ScriptParameters.of(java.util.Map.of()), session);
            Set<String> fields = ((Value.ListValue) names.own("values"))
                    .elements().stream()
                            .flatMap(value -> fields(value).stream())
                            .collect(Collectors.toSet());

            assertThat(fields).isEqualTo(listed(name));
        }
    }

    private static List<String> fields(Value value) {
        return value instanceof Value.Extension extension ? extension.fieldNames() : FieldAccess.OF_TENSORS;
    }

    /** The fields that the items of an entry name: {@code - `.mean(x0, t)`: …}. */
    private static Set<String> listed(String name) {
        ManualEntry entry = entries()
                .filter(each -> each.theme() == Chapter.VALUES && each.names().contains(name))
                .findFirst()
                .orElseThrow();
        return ITEM.matcher(entry.text())
                .results()
                .flatMap(item -> FIELD.matcher(item.group()).results())
                .map(field -> field.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void a_name_is_found_with_its_signature_and_what_goes_with_it() {
        assertThat(help().about("langevin").orElseThrow())
                .startsWith("corrector langevin(process, score, x, t; snr = 0.16")
                .contains("stdlib/correctors.sde:");
        assertThat(help().about("sampling").orElseThrow())
                .contains("reverse_diffusion")
                .contains("pc");
        assertThat(help().contents().text())
                .contains("langevin")
                .contains("repeat")
                .contains("moons");
    }

    @Test
    void an_entry_links_names_in_backticks_and_callables_as_defaults_but_no_parameters_of_its_own() {
        Source script = new Source("mine.sde", """
                        ## Points of `moons` and of `rings(n)` with `width`, `std` and `x.mean`, unlike pinwheel(n) and max.
                        fn drawn(n; width = sqrt(2), std = 2, beta = linear()) = n
                        """);

        assertThat(new Reference(Script.PIPELINE.manual(script)).ofScript("mine.sde"))
                .contains("See also: [`moons`](data.md#moons), [`rings`](data.md#rings),"
                        + " [`linear`](processes.md#linear)\n");
    }

    @Test
    void a_name_that_is_nearly_right_is_guessed_and_a_word_of_the_texts_found() {
        assertThat(help().about("lagnevin")).isEmpty();
        assertThat(help().unknown("lagnevin")).endsWith("did you mean `langevin`?");
        assertThat(help().unknown("Anderson")).endsWith("it is mentioned in the help of reverse");
        assertThat(help().unknown("qqqqqqqq")).endsWith("`help` alone lists all names");
    }

    @Test
    void the_declarations_of_a_script_come_before_those_of_the_library() {
        Source script = new Source("mine.sde", """
                ## A walk of my own.
                ##
                ##     print(mine(2))
                fn mine(x; scale = 3) = scale*x

                ## how far
                param far = 10

                ## Another VP.
                sde VP(a = 1) {
                  dx = -a*x dt + dw
                }
                """);
        Help help = new Help(Script.PIPELINE.manual(script));

        assertThat(help.about("mine").orElseThrow()).isEqualTo("""
                        fn mine(x; scale = 3)

                        A walk of my own.

                            print(mine(2))

                        Declared in mine.sde:4""");
        assertThat(help.about("far").orElseThrow()).startsWith("param far = 10\n\nhow far");
        assertThat(help.about("VP").orElseThrow()).startsWith("sde VP(a = 1)\n\nAnother VP.");
        assertThat(help.about("script").orElseThrow()).contains("mine", "far", "VP");
    }

    @Test
    void help_in_a_script_tells_of_functions_of_values_and_of_words() {
        assertThat(Script.run("help(langevin(snr = 0.2))").getFirst()).startsWith("corrector langevin(");
        assertThat(Script.run("help(sqrt)").getFirst()).isEqualTo("fn sqrt(x)");
        assertThat(Script.run("## Twice x.\nfn twice(x) = 2*x\nhelp(twice)"))
                .contains("fn twice(x)", "Twice x.")
                .last()
                .asString()
                .endsWith("script.sde:2");
        assertThat(Script.run("help(VP())")).first().isEqualTo("This is a process.");
        assertThat(Script.run("help(chain(VP(), 10))"))
                .startsWith("This is a chain.")
                .anyMatch(line -> line.contains("`.step(x, i)`"))
                .noneMatch(line -> line.contains("fn chain"));
        assertThat(Script.run("help(moons(10))")).anyMatch(line -> line.contains("d.split(share)"));
        assertThat(Script.run("help(\"repeat\")")).anyMatch(line -> line.contains("repeat n"));
        assertThat(Script.run("help(\"repaet\")"))
                .containsExactly("nothing here is called `repaet`; did you mean `repeat`?");
        assertThat(Script.run("help()")).anyMatch(line -> line.contains("langevin"));
    }

    private static Help help() {
        return new Help(Script.PIPELINE.manual());
    }

    private static Stream<ManualEntry> entries() {
        return Script.PIPELINE.manual().entries().stream();
    }
}
