package org.sdescript.backend;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.ScriptCalls;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.sdescript.graph.Node;
import org.sdescript.torchscript.Script;
import org.sdescript.torchscript.ScriptWriter;

/**
 * One call of a script's method: its arguments in their order, of which it deletes those that it owns, and translator of what the
 * engine says when it fails.
 */
final class ScriptCall implements AutoCloseable {
    private static final int MOST_ARGUMENTS = 16;
    private static final Pattern LINE = Pattern.compile("code/__torch__\\.py\", line (\\d+)");

    private final Script script;
    private final long[] arguments = new long[MOST_ARGUMENTS];
    private final boolean[] owned = new boolean[MOST_ARGUMENTS];
    private int count;

    ScriptCall(Script script) {
        this.script = script;
    }

    /** The next argument, which is somebody else's. */
    ScriptCall with(long argument) {
        arguments[count++] = argument;
        return this;
    }

    /** The next argument, which is deleted when the call is closed. */
    ScriptCall withOwned(long argument) {
        owned[count] = true;
        return with(argument);
    }

    /** The results of a kernel. */
    long[] run(ScriptModules.Module module) {
        try {
            return ScriptCalls.run(module.handle(), ScriptWriter.RUN, Arrays.copyOf(arguments, count));
        } catch (EngineException e) {
            throw failed(e)
                    .map(node -> NativeFailure.of(e, node))
                    .orElseGet(() -> NativeFailure.of(e, "the engine cannot run this kernel"));
        }
    }

    /** What a step of training tells of itself. */
    double[] step(ScriptModules.Module module) {
        try {
            return ScriptCalls.floats(module.handle(), ScriptWriter.STEP, Arrays.copyOf(arguments, count));
        } catch (EngineException e) {
            throw failed(e).map(node -> NativeFailure.of(e, node)).orElseGet(() -> Descent.failed(e));
        }
    }

    /** The node whose line the innermost frame of the traceback is in. */
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
