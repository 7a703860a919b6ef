package org.sdescript.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.api.NdArray;

class ScriptEngineTest {
    private final ScriptEngine engine = new ScriptEngineManager().getEngineByName("sde");

    @AfterEach
    void close() {
        ((SdeScriptEngine) engine).close();
    }

    @Test
    void it_is_found_by_name_and_by_ending() {
        assertThat(engine).isInstanceOf(SdeScriptEngine.class);
        assertThat(new ScriptEngineManager()
                        .getEngineByExtension("sde")
                        .getFactory()
                        .getLanguageName())
                .isEqualTo("sde");
    }

    @Test
    void the_last_expression_is_the_value() throws ScriptException {
        assertThat(engine.eval("x = 2\nx + 1")).isEqualTo(3.0);
        assertThat(engine.eval("x = 2")).isNull();
    }

    @Test
    void names_stay_from_one_evaluation_to_the_next() throws ScriptException {
        engine.put("a", 4);
        engine.eval("b = a*2\nfn f(x) = x + b");

        assertThat(engine.get("b")).isEqualTo(8.0);
        assertThat(engine.eval("f(1)")).isEqualTo(9.0);
        engine.put("b", 1);
        assertThat(engine.eval("f(1)")).isEqualTo(2.0);
    }

    /** As `--write DIR` does on the command line. */
    @Test
    void a_context_says_which_folders_may_be_written(@TempDir Path folder) throws Exception {
        String save = "save(ones([2]), \"" + folder.resolve("a.csv") + "\")";
        assertThatThrownBy(() -> engine.eval(save)).hasMessageContaining("outside of the run's folder");

        for (Object allowed : List.of(folder, folder.toString(), folder.toFile(), Set.of(folder))) {
            engine.getContext().setAttribute("sde.write", allowed, ScriptContext.ENGINE_SCOPE);
            engine.eval(save + "\nfn keep() { " + save + " }");
            ((Invocable) engine).invokeFunction("keep");
            Files.delete(folder.resolve("a.csv"));
        }
        engine.getContext().removeAttribute("sde.write", ScriptContext.ENGINE_SCOPE);
        assertThatThrownBy(() -> engine.eval(save)).hasMessageContaining("outside of the run's folder");
        assertThatThrownBy(() -> ((Invocable) engine).invokeFunction("keep"))
                .hasMessageContaining("outside of the run's folder");

        engine.put("sde.write", 3);
        assertThatThrownBy(() -> engine.eval("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void arrays_are_tensors() throws ScriptException {
        engine.put("x", new double[][] {{1, 2}, {3, 4}});

        assertThat(engine.eval("sum(x, axis = 0)")).isEqualTo(NdArray.of(new double[] {4, 6}, 2));
        assertThat(engine.eval("{a: [1, x.shape]}")).isEqualTo(Map.of("a", List.of(1.0, List.of(2.0, 2.0))));
    }

    @Test
    void other_bindings_are_other_names() throws ScriptException {
        engine.eval("a = 1");
        Bindings own = new SimpleBindings(new java.util.HashMap<>(Map.of("b", 5)));

        assertThat(engine.eval("c = b + 1\nc", own)).isEqualTo(6.0);
        assertThat(own).containsEntry("c", 6.0);
        assertThat(engine.get("c")).isNull();
        assertThatThrownBy(() -> engine.eval("a", own)).isInstanceOf(ScriptException.class);
    }

    @Test
    void what_is_printed_goes_to_the_writer_of_the_context() throws ScriptException {
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        engine.eval("print(\"hello\")");

        assertThat(out).hasToString("hello" + System.lineSeparator());
    }

    @Test
    void a_mistake_has_its_line_and_the_text_of_the_command_line() {
        assertThatThrownBy(() -> engine.eval("x = 1\nprint(nobody)"))
                .isInstanceOfSatisfying(ScriptException.class, told -> assertThat(told.getLineNumber())
                        .isEqualTo(2))
                .hasMessageContaining("error[E0301]: unknown name `nobody`");
        assertThatThrownBy(() -> ((Compilable) engine).compile("x = (")).isInstanceOf(ScriptException.class);
    }

    @Test
    void functions_are_called_by_name_and_as_an_interface() throws ScriptException, NoSuchMethodException {
        engine.eval("fn applyAsDouble(x) = x^2\nobject = {half: x -> x/2}");
        Invocable invocable = (Invocable) engine;

        assertThat(invocable.invokeFunction("applyAsDouble", 3)).isEqualTo(9.0);
        assertThat(invocable.getInterface(DoubleUnaryOperator.class).applyAsDouble(4))
                .isEqualTo(16.0);
        assertThat(invocable.invokeMethod(engine.get("object"), "half", 3)).isEqualTo(1.5);
        assertThat(invocable.getInterface(Runnable.class)).isNull();
        assertThatThrownBy(() -> invocable.invokeFunction("nobody")).isInstanceOf(NoSuchMethodException.class);
    }

    /** An interface for functions of a script. */
    public interface Model {
        float[] doubled(float[] x);

        int count(double[] x);
    }

    @Test
    void an_interface_says_what_is_wanted() throws ScriptException {
        engine.eval("fn doubled(x) = 2*x\nfn count(x) = x.shape[0]");
        Model model = ((Invocable) engine).getInterface(Model.class);

        assertThat(model.doubled(new float[] {1, 2})).containsExactly(2, 4);
        assertThat(model.count(new double[3])).isEqualTo(3);
    }

    @Test
    void a_compiled_script_may_be_evaluated_by_several_threads() throws ScriptException {
        CompiledScript square = ((Compilable) engine).compile("y = n*n\ny");
        List<Object> results = IntStream.range(0, 20)
                .parallel()
                .<Object>mapToObj(n -> {
                    try {
                        return square.eval(new SimpleBindings(new java.util.HashMap<>(Map.of("n", n))));
                    } catch (ScriptException e) {
                        return e;
                    }
                })
                .toList();

        assertThat(results)
                .isEqualTo(IntStream.range(0, 20)
                        .<Object>mapToObj(n -> (double) n * n)
                        .toList());
    }

    @Test
    void what_the_factory_writes_runs() throws ScriptException {
        var factory = engine.getFactory();
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        engine.eval(factory.getProgram(factory.getOutputStatement("a \"b\" {c}"), "x = 1"));

        assertThat(out.toString().strip()).isEqualTo("a \"b\" {c}");
    }

    /** The example of the README. */
    @Test
    void a_process_takes_its_numbers_from_the_bindings() throws ScriptException, NoSuchMethodException {
        engine.put("theta", 2);
        engine.eval("sde OU() { t in [0, 1]\n dx = -theta*x dt + dw }\nfn spread(t) = OU().transition.std(t)");

        assertThat((double) ((Invocable) engine).invokeFunction("spread", 0.5))
                .isCloseTo(Math.sqrt((1 - Math.exp(-2)) / 4), within(1e-12));
    }
}
