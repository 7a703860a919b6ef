package org.sdescript.backend;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.ScriptCalls;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.sdescript.graph.Node;
import org.sdescript.torchscript.ScriptMethod;
import org.sdescript.torchscript.ScriptWriter;

/**
 * One call of a script's method. Holds the arguments in order, deletes the arguments that it owns, and translates the
 * engine's errors.
 */
final class ScriptCall implements AutoCloseable {
    private static final int MOST_ARGUMENTS = 16;
    private static final Pattern LINE = Pattern.compile("code/__torch__\\.py\", line (\\d+)");

    private final ScriptMethod script;
    private final long[] arguments = new long[MOST_ARGUMENTS];
    private final boolean[] owned = new boolean[MOST_ARGUMENTS];
    private int count;

    ScriptCall(ScriptMethod script) {
        this.script = script;
    }

    /** Appends an argument that the caller owns. */
    ScriptCall with(long argument) {
        arguments[count++] = argument;
        return this;
    }

    /** Appends an argument that is deleted when the call is closed. */
    ScriptCall withOwned(long argument) {
        owned[count] = true;
        return with(argument);
    }

    /** Runs a kernel and returns its results. */
    long[] run(LoadedModules.Module module) {
        try {
            return ScriptCalls.run(module.handle(), ScriptWriter.RUN, Arrays.copyOf(arguments, count));
        } catch (EngineException e) {
            throw failed(e)
                    .map(node -> NativeFailure.of(e, node))
                    .orElseGet(() -> NativeFailure.of(e, "the engine cannot run this kernel"));
        }
    }

    /** Runs a training step, or a part of one, and returns its numbers. */
    double[] step(LoadedModules.Module module, String method) {
        try {
            return ScriptCalls.floats(module.handle(), method, Arrays.copyOf(arguments, count));
        } catch (EngineException e) {
            throw failed(e).map(node -> NativeFailure.of(e, node)).orElseGet(() -> OptimizerStep.failed(e));
        }
    }

    /** The node on the line that the traceback's innermost frame names. */
    private Optional<Node> failed(EngineException failure) {
        return LINE.matcher(String.valueOf(failure.getMessage()))
                .results()
                .reduce((outer, inner) -> inner)
                .map(MatchResult::group)
                .flatMap(group -> script.node(Integer.parseInt(group.substring(group.lastIndexOf(' ') + 1))));
    }

    @Override
    public void close() {
        for (int i = 0; i < count; i++) {
            if (owned[i]) {
                ScriptCalls.delete(arguments[i]);
            }
        }
    }
}
