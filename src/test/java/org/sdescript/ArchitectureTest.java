package org.sdescript;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of ARCHITECTURE.md: a package imports only packages above it. */
class ArchitectureTest {
    private static final String ROOT = "org.sdescript.";

    /** The table from top to bottom; packages in one row do not import each other. */
    private static final List<Set<String>> ROWS = List.of(
            Set.of("interrupt"),
            Set.of("source"),
            Set.of("diagnostic"),
            Set.of("files", "exchange"),
            Set.of("ast"),
            Set.of("syntax"),
            Set.of("check"),
            Set.of("algebra"),
            Set.of("process"),
            Set.of("graph"),
            Set.of("torchscript", "onnx"),
            Set.of("backend"),
            Set.of("image"),
            Set.of("runtime"),
            Set.of("learn", "data", "plot"),
            Set.of("parcel"),
            Set.of("units"),
            Set.of("manual"),
            Set.of("pipeline", "console"),
            Set.of("cluster"),
            Set.of("display"),
            Set.of("site"),
            Set.of("workspace"),
            Set.of("repl", "jupyter", "lsp", "serve"),
            Set.of("api"),
            Set.of("script"),
            Set.of("cli"));

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.sdescript");

    @Test
    void a_package_imports_only_packages_above_it() {
        assertThat(arrows().filter(arrow -> !points_up(arrow))).isEmpty();
    }

    @Test
    void every_package_has_its_row() {
        Set<String> known = ROWS.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = PRODUCT.stream().map(ArchitectureTest::part).collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(known);
    }

    @Test
    void the_algebra_knows_nothing_of_programs_and_the_graph_nothing_of_either() {
        Set<String> foreign = Set.of("algebra -> ast", "algebra -> check", "process -> ast", "graph -> algebra");

        assertThat(arrows().filter(foreign::contains)).isEmpty();
    }

    /** Packages that lie in another one: which of the two may import which. */
    @ParameterizedTest
    @CsvSource({
        "algebra, algebra.rule",
        "graph, graph.gradient",
        "graph, graph.pass",
        "graph.pass, graph.gradient",
        "graph.gradient, graph.pass",
        "process.explain, process",
        "data, data.image",
        "plot.canvas, plot",
        "runtime, runtime.builtin",
        "runtime, runtime.kernel",
        "runtime, runtime.process",
        "runtime.kernel, runtime.process",
        "runtime.kernel, runtime.builtin",
        "runtime.process, runtime.kernel",
        "runtime.process, runtime.builtin",
        "data.csv, data",
        "data.csv, data.image",
        "workspace, workspace.script"
    })
    void a_package_does_not_know_the_rooms_above_it(String lower, String upper) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + lower)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + upper)
                .check(PRODUCT);
    }

    @Test
    void no_two_classes_have_the_same_name() {
        Map<String, List<String>> byName = PRODUCT.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(each -> !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(byName.values()).filteredOn(classes -> classes.size() > 1).isEmpty();
    }

    @Test
    void there_are_no_cycles() {
        slices().matching("org.sdescript.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    /** The compiler follows null through the marked packages only; the parser is generated. */
    @Test
    void every_package_is_null_marked() {
        assertThat(PRODUCT.stream()
                        .map(JavaClass::getPackage)
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .containsOnly(ROOT + "syntax.grammar");
    }

    /** Our class that lies in a package of the tensor library, because the calls that it needs are visible only there. */
    @Test
    void the_class_in_the_package_of_the_tensor_library_knows_nothing_of_ours() {
        JavaClasses inLibrary = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ImportOption.DoNotIncludeJars())
                .importPackages("ai.djl");

        classes()
                .should()
                .resideInAPackage("ai.djl.pytorch.jni")
                .andShould()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "ai.djl.pytorch.jni")
                .check(inLibrary);
    }

    /** The library includes {@code ai.djl.pytorch.jni}, the package that our class extends. */
    @Test
    void only_the_backend_knows_the_tensor_library() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sdescript.backend..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(PRODUCT);
    }

    /** A run without a cluster loads no class of Spark, and the archive has Spark as an extra part. */
    @Test
    void only_the_package_cluster_knows_spark_and_no_other_package_knows_the_package_cluster() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sdescript.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..", "org.sdescript.cluster..")
                .check(PRODUCT);
    }

    @Test
    void only_the_site_knows_the_reader_of_markdown() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sdescript.site..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.commonmark..")
                .check(PRODUCT);
    }

    /** Programs do not get these libraries with sde, since they are optional dependencies. */
    @Test
    void the_interface_for_programs_needs_no_library_of_the_command_line() {
        noClasses()
                .that()
                .resideInAnyPackage("org.sdescript.api", "org.sdescript.script")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage(
                        "picocli..", "org.jline..", "org.zeromq..", "org.eclipse.lsp4j..", "org.commonmark..")
                .check(PRODUCT);
    }

    /** The letters of pictures are outlines of sde, so that pictures are the same with any fonts and with none. */
    @Test
    void nothing_uses_fonts_of_the_machine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.awt\\.(Font|FontMetrics|GraphicsEnvironment|font\\..*)")
                .orShould()
                .callMethodWhere(target(nameMatching("drawString|drawChars|drawBytes")))
                .check(PRODUCT);
    }

    /** Numbers are written alike in every locale: without one, a format writes 8,0 in Turkish and other digits in Arabic. */
    @Test
    void formats_name_their_locale() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .check(PRODUCT);
    }

    @Test
    void only_the_syntax_knows_the_parser_generator() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.sdescript.syntax..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", "org.sdescript.syntax.grammar..")
                .check(PRODUCT);
    }

    @Test
    void only_the_prompt_and_who_opens_it_know_the_line_editor() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.sdescript.repl..", "org.sdescript.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(PRODUCT);
    }

    @Test
    void every_package_says_what_it_is() throws IOException {
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            Set<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .collect(Collectors.toSet());

            assertThat(packages).allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                    .content()
                    .startsWith("/**"));
        }
    }

    private static Stream<String> arrows() {
        return PRODUCT.stream()
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(to -> to.getPackageName().startsWith(ROOT))
                        .map(to -> part(from) + " -> " + part(to)))
                .distinct()
                .sorted();
    }

    private static boolean points_up(String arrow) {
        String[] ends = arrow.split(" -> ");
        return ends[0].equals(ends[1]) || row(ends[1]) < row(ends[0]);
    }

    private static int row(String part) {
        return ROWS.indexOf(
                ROWS.stream().filter(row -> row.contains(part)).findFirst().orElseThrow());
    }

    /** The top package of a class below the root. */
    private static String part(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("\\.")[0];
    }
}
