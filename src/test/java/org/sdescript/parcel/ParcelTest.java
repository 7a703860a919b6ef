package org.sdescript.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.Script;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Source;

/** A packed function computes, after it is unpacked for another interpreter, what it computes here. */
class ParcelTest {
    private static final Pipeline PIPELINE = new Pipeline();

    /** Scripts whose function {@code f()} is sent, by what they try. */
    private static Stream<String> scripts() {
        return Stream.of(
                // numbers, texts, records, lists
                "a = 2; b = {x: [1, \"two\", true, none]}\nfn f() = [a, b]",
                // functions that call each other, and themselves
                "fn odd(n) = if n == 0 then false else even(n - 1)\nfn even(n) = if n == 0 then true else odd(n - 1)\nfn f() = even(10)",
                // closures over the scopes of calls
                "fn adder(a) = (b -> a + b)\nplus = adder(3)\nfn f() = plus(4)",
                "fn counter(k) {\n  base = 10*k\n  fn up(x) = x + base\n  return up\n}\nup = counter(2)\nfn f() = up(1)",
                // tensors of each type, and non-finite numbers
                "x = tensor([[1.5, -0.0], [inf, nan]]); i = round(x); m = x > 0\nfn f() = [x, m, 1/x[0, 1]]",
                // a configured sampler with closures
                "s = 0.3\nh = pc(predictor = euler_maruyama, steps = 3)\nfn f() = sample(VP(), (x, t) -> -s*x, n = 2, shape = [2], using = h, seed = 3)",
                // data with conditions, and models of them
                "d = given(ones([4, 2]), {a: [1, 2, 3, 4], k: tensor([true, false, true, true])})\nfn f() = [d, d.c, d[1:3].c.a]",
                "d = given(ones([4, 2]), ones([4, 3]))\nm = train(mlp(conditions = 3, hidden = 4), d, VP(), steps = 2, batch = 4, drop_condition = 0.5)\nn = m(c = ones([3]))\nfn f() = [m, m(ones([1, 2]), 0.4), n(ones([1, 2]), 0.4), sample(m, n = 2, given = zeros([2, 3]), using = pc(steps = 2), seed = 1)]",
                // a process of the user, with a schedule and a parameter
                "sde Mine(k = 2) { t in [0, 1]; beta(t) = 0.1 + k*t; dx = -beta(t)/2*x dt + sqrt(beta(t)) dw }\np = Mine(k = 3)\nfn f() = [p.transition.std(0.5), p.drift(ones([1, 2]), 0.3), p.prior.std]",
                "sde Mine(k = 2) { t in [0, 1]; dx = -k*x dt + dw }\nfn f() = Mine(k = 3).transition.mean_coef(0.5)",
                // systems, priors and starts
                "p = CLD()\nfn f() = p.transition.cov(0.3)",
                "t = CLD().transition\nq = t.from_data\nfn f() = [t.cov(0.3), q.cov(0.3)]",
                "pr = CLD().prior\nfn f() = pr.log_prob({x: ones([1, 1]), v: ones([1, 1])})",
                // derived processes with scores
                "p = VP(); r = reverse(p, normal(std = 0.5).score(p)); g = flow(p, normal(std = 0.5).score(p))\nfn f() = [r.drift(ones([1, 2]), 0.5), g.drift(ones([1, 2]), 0.5)]",
                // exact laws
                "law = mixture(means = [-1, 1], stds = [0.2, 0.3])\ns = law.score(VP())\nd = law.log_density(VP())\nfn f() = [s(ones([1, 1]), 0.4), d(ones([2, 1]), 0.4)]",
                "law = ideal(tensor([[-1], [1]]))\ns = law.score(VP())\nd = law.log_density(VP())\nfn f() = [s(ones([1, 1]), 0.4), denoised(VP(), s, ones([1, 1]), 0.4), d(ones([2, 1]), 0.4)]",
                "law = normal(mean = 2, std = 0.5)\nd = law.log_density(VP())\nfn f() = d(ones([2, 1]), 0.4)",
                "s = normal(mean = {x: 1, v: 0}, std = {x: 0.5, v: 0.2}).score(CLD())\nfn f() = s({x: ones([1, 1]), v: ones([1, 1])}, 0.4)",
                // values of a law at a time
                "b = VP().transition.between(0.2, 0.7); q = VP().transition.posterior(0.2, 0.7, eta = 0.5)\nfn f() = [b.mean(ones([1, 1])), q.mean(ones([1, 1]), zeros([1, 1]))]",
                "b = CLD().transition.between(0.2, 0.7)\nfn f() = b.mean({x: ones([1, 1]), v: zeros([1, 1])})",
                // fields that are functions
                "std = VP().transition.std; post = VP().transition.posterior\nfn f() = [std(0.3), post(0.2, 0.4).mean(ones([1, 1]), zeros([1, 1]))]",
                // formulas, chains, conditions
                "g = diff(t -> sin(t)^2)\nfn f() = g(0.7)",
                "c = chain(VP(), 10)\nfn f() = c.time(3)",
                // models, their fields and configurations
                "m = train(mlp(hidden = 8), moons(32), VP(), steps = 3, batch = 8, seed = 1)\nfn f() = [m(ones([2, 2]), 0.5), m.losses, m.network(ones([2, 2]), 0.5)]",
                "network mine(x, t; h = 8) {\n  return dense(tanh(dense(concat([x, reshape(t, [-1, 1])], axis = 1), h)), 2)\n}\nm = train(mine(h = 5), moons(32), VP(), steps = 2, batch = 8, predict = karras())\nfn f() = m(ones([2, 2]), 0.5)",
                "network mine(x, t, label) = dense(x, 2) + embedding(label, 3, 2)\nm = train(mine, labelled(zeros([8, 2]), [0, 1, 2, 0, 1, 2, 0, 1]), VP(), steps = 2, batch = 4)\nc = m(label = 1)\nfn f() = c(ones([2, 2]), 0.5)",
                // an imported network
                "m = import_network(export(normal(std = 0.5).score(VP()), \"score.pt\", shape = [2]), VP(), predict = \"score\", shape = [2])\nfn f() = m(ones([2, 2]), 0.5)",
                // an imported file, with and without a name of its own
                "import \"noise.sde\" as noise\nimport \"noise.sde\"\nfn f() = [noise.level(3), level(2)]",
                // data sets and tables
                "d = moons(6).standardised()\nfn f() = [d.x, d.restored(d.x[0:2])]",
                "r = table([{a: 1, b: 2}, {a: 3, b: 4}])\nfn f() = r[\"a\"]",
                // a parameter of a formula that is a tensor
                "k = tensor(0.7)\nsde Mine(k) { t in [0, 1]; dx = -k*x dt + dw }\np = Mine(k)\nfn f() = p.transition.mean_coef(0.5)",
                // a parameter of a number for each component, of a row for each sample, and a line of the body
                "k = tensor([0.7, 2])\nsde Mine(k) { t in [0, 1]; dx = -k*x dt + dw }\np = Mine(k)\nfn f() = [p.transition.mean_coef(0.5), p.prior.std, p.transition.posterior(0.2, 0.5).mean(ones([3, 2]), zeros([3, 2]))]",
                "sde Mine(y) { t in [0, 0.9]; s = tensor([1, 2]); dx = (y - x)/(1 - t) dt + s dw }\np = Mine(tensor([[1, 2], [3, 4]]))\nfn f() = [p.transition.mean(ones([2, 2]), 0.5), sample(p, normal().score(p), n = 2, shape = [2], using = pc(steps = 2), batch = 1, seed = 1)]",
                // matrices with a common basis, and without
                "A = tensor([[1, 0.5], [0.5, 2]])\nsde Mine(A) { t in [0, 1]; dx = -A@x dt + dw }\np = Mine(A)\nr = p.prior\nb = p.transition.between(0.2, 0.5)\nfn f() = [p.transition.mean(ones([3, 2]), 0.5), r.log_prob(ones([1, 2])), b.mean(ones([1, 2])), p.drift(ones([1, 2]), 0.5)]",
                "A = tensor([[1, 2], [0, 1]])\nsde Mine(A) { t in [0, 1]; dx = -A@x dt + dw }\np = Mine(A)\nr = p.prior\nb = p.transition.between(0.2, 0.5)\nq = p.transition\nfn f() = [q.mean(ones([3, 2]), 0.5), r.log_prob(ones([1, 2])), b.mean(ones([1, 2])), p.drift(ones([1, 2]), 0.5)]",
                // predictors, correctors, losses, kernels, schedules of the user
                "predictor step(process, score, x, t, dt) {\n  mean = x + dt*process.drift(x, t)\n  return mean, mean\n}\nfn f() = sample(VP(), normal().score(VP()), n = 2, shape = [1], using = pc(predictor = step, steps = 3), seed = 1)");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void a_function_computes_the_same_in_another_interpreter(String script) {
        try (Place here = new Place(script);
                Place there = new Place("")) {
            Parcel parcel = Parcel.of(here.value("f"), here.script.interpreter());
            String expected = ValueText.print(here.call((Callable) here.value("f")));

            String found = ValueText.print(there.call((Callable) parcel.unpacked(there.script.interpreter())));

            assertThat(found).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void equal_scripts_have_equal_hashes_and_others_have_others(String script) {
        try (Place one = new Place(script);
                Place two = new Place(script);
                Place other = new Place(script + "\n# changed")) {
            String hash = one.hash();

            assertThat(two.hash()).isEqualTo(hash);
            assertThat(other.hash()).isNotEqualTo(hash);
        }
    }

    /** A name that the body has of its own is not sent; a figure that it may read is, as its description. */
    @Test
    void only_names_that_a_function_reads_are_sent() {
        try (Place with = new Place("big = zeros([1000, 1000])\nfn f(big) = 1");
                Place figure = new Place("fig = line([1, 2])\nfn f() = fig")) {
            assertThat(Parcel.of(with.value("f"), with.script.interpreter()).body().length)
                    .isLessThan(10_000);
            Parcel parcel = Parcel.of(figure.value("f"), figure.script.interpreter());
            assertThat(ValueText.print(figure.call((Callable) parcel.unpacked(figure.script.interpreter()))))
                    .isEqualTo("a layer of a figure (not sent)");
        }
    }

    @Test
    void a_derivation_that_was_not_sent_is_an_error_of_the_script() {
        try (Place place = new Place("p = VP()\nfn f() = explain(p)")) {
            Parcel parcel = Parcel.of(place.value("f"), place.script.interpreter());
            Callable sent = (Callable) parcel.unpacked(place.script.interpreter());
            assertThatThrownBy(() -> ValueText.print(place.call(sent))).satisfies(Refusal.with("E0943"));
        }
    }

    @Test
    void a_value_without_a_portable_form_is_an_error() {
        try (Place place = new Place("fig = line([1, 2])")) {
            assertThatThrownBy(() -> Parcel.of(place.value("fig"), place.script.interpreter()))
                    .satisfies(Refusal.with("E0943"))
                    .hasMessageContaining("cannot be sent");
        }
    }

    @Test
    void an_imported_file_that_was_changed_is_an_error() throws IOException {
        try (Place place = new Place(
                "export(normal(std = 0.5).score(VP()), \"score.pt\", shape = [2])\nm = import_network(\"score.pt\", VP(), predict = \"score\", shape = [2])\nexport(normal(std = 0.7).score(VP()), \"score.pt\", shape = [2])")) {
            assertThatThrownBy(() -> Parcel.of(place.value("m"), place.script.interpreter()))
                    .satisfies(Refusal.with("E0944"));
        }
    }

    /** Any damage ends in one kind of error; the damaged bytes are drawn from a fixed seed. */
    @Test
    void a_damaged_parcel_is_refused() {
        try (Place place = new Place("m = train(mlp(hidden = 4), moons(16), VP(), steps = 1, batch = 8)\nfn f() = m")) {
            Parcel parcel = Parcel.of(place.value("f"), place.script.interpreter());
            Random random = new Random(20);
            int refused = 0;
            for (int i = 0; i < 2000; i++) {
                byte[] body = random.nextBoolean()
                        ? Arrays.copyOf(parcel.body(), random.nextInt(parcel.body().length))
                        : parcel.body().clone();
                for (int k = random.nextInt(4); k >= 0 && body.length > 0; k--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt();
                }
                try {
                    new Parcel(body, parcel.names()).unpacked(place.script.interpreter());
                } catch (Malformed | SdeError damaged) {
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(500);
        }
    }

    @Test
    void a_parcel_makes_objects_of_allowed_types_only() {
        for (String name : List.of(
                "files.AtomicFile",
                "runtime.Session",
                "cli.Main",
                "backend.Backend",
                "runtime.Interpreter",
                "..Runtime")) {
            assertThatThrownBy(() -> PortableTypes.named(name)).isInstanceOf(Malformed.class);
        }
    }

    /** A new kind of value is sent by its parts, by a recipe, or stays: whoever adds one decides, here or in PortableTypes. */
    @Test
    void every_kind_of_value_is_sent_or_stays_on_purpose() {
        Set<String> special = Set.of("Closure", "LambdaValue", "Builtin", "ProcessDeclaration", "None", "LeftHere");
        Set<String> byRecipe = Set.of(
                "TransitionValue",
                "SystemTransitionValue",
                "StatesNormalValue",
                "PosteriorValue",
                "ConditionalLawValue",
                "CoupledNormalValue",
                "MatrixNormalValue",
                "MatrixTransitionValue",
                "Step");
        Set<String> staying = Set.of("ErrorValue", "ExplanationValue", "ChartValue", "LayerValue", "SweepValue");
        assertThat(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.sdescript").stream()
                                .filter(type -> type.isAssignableTo(Value.class) && !type.isInterface())
                                .filter(type ->
                                        PortableTypes.nameOf(type.reflect()).isEmpty())
                                .map(JavaClass::getSimpleName)
                                .filter(name -> !name.isEmpty()))
                .isSubsetOf(Stream.of(special, byRecipe, staying)
                        .flatMap(Set::stream)
                        .toList());
    }

    /** An interpreter with a script that has run. */
    private static final class Place implements AutoCloseable {
        private final Session session;
        private final RunningScript script;

        Place(String text) {
            Path folder = Script.temporary();
            write(folder.resolve("noise.sde"), "base = 4\nfn level(k) = k*base");
            session = new Session(Settings.standard(), new RecordedConsole(), folder, folder);
            script = PIPELINE.bind(folder.resolve("script.sde"), ScriptParameters.of(Map.of()), session);
            Program program =
                    PIPELINE.program(new Source(folder.resolve("script.sde").toString(), text));
            script.run(program);
        }

        private static void write(Path file, String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        Value value(String name) {
            return script.module().bound(name);
        }

        String hash() {
            return Parcel.of(value("f"), script.interpreter()).hash();
        }

        Value call(Callable function) {
            return script.interpreter().call(function, Recipe.PLACE);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
