package org.sdescript.backend;

import org.sdescript.graph.Graph;
import org.sdescript.graph.pass.Passes;
import org.sdescript.torchscript.ScriptMethod;
import org.sdescript.torchscript.ScriptTarget;
import org.sdescript.torchscript.ScriptWriter;

/** The way from a traced graph to a module of the engine: optimises the graph, writes TorchScript, loads the text. */
public final class KernelCompiler {
    /**
     * A loaded method.
     *
     * @param graph the optimised graph
     */
    record Compiled(Graph graph, ScriptMethod script, LoadedModules.Module module) {}

    private final LoadedModules modules;
    private final ScriptTarget target;

    KernelCompiler(LoadedModules modules, ScriptTarget target) {
        this.modules = modules;
        this.target = target;
    }

    /** Compiles a method that returns the graph's outputs. */
    Compiled kernel(Graph traced, ParameterInputs inputs) {
        Graph graph = Passes.optimise(traced);
        return loaded(graph, written(graph, inputs, target));
    }

    /** Compiles a method that lowers the loss, the graph's output, by one step of Adam. */
    Compiled step(Graph traced, ParameterInputs inputs, boolean clips, int averages) {
        Graph loss = Passes.optimise(traced);
        return loaded(loss, ScriptWriter.step(loss, inputs.places(), inputs.count(), clips, averages, target));
    }

    /** Compiles the same step as two methods, between which the gradient is summed with those of other machines. */
    Compiled stepInParts(Graph traced, ParameterInputs inputs, boolean clips, int averages) {
        Graph loss = Passes.optimise(traced);
        return loaded(loss, ScriptWriter.stepInParts(loss, inputs.places(), inputs.count(), clips, averages, target));
    }

    private Compiled loaded(Graph graph, ScriptMethod script) {
        return new Compiled(graph, script, modules.load(script.methods()));
    }

    /** Returns the TorchScript text of a kernel for the CPU; loads nothing. */
    public static String text(Graph traced, ParameterInputs inputs) {
        return written(Passes.optimise(traced), inputs, ScriptTarget.CPU).methods();
    }

    private static ScriptMethod written(Graph graph, ParameterInputs inputs, ScriptTarget target) {
        return ScriptWriter.run(graph, inputs.places(), inputs.count(), target);
    }
}
