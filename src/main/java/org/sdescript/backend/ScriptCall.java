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

/** One call of a script's method: owner of its arguments, and translator of what the engine says when it fails. */
final class ScriptCall implements AutoCloseable {
    private static final int MOST_ARGUMENTS = 16;
    private static final Pattern LINE = Pattern.compile("code/__torch__\\.py\", line (\\d+)");

    private final Script script;
    private final long[] owned = new long[MOST_ARGUMENTS];
    private int count;

    ScriptCall(Script script) {
        this.script = script;
    }

    /** An argument that is deleted when the call is closed. */
    long owned(long argument) {
        owned[count++] = argument;
        return argument;
    }

    /** The results of a kernel. */
    long[] run(ScriptModules.Module module, long... arguments) {
        try {
            return ScriptCalls.run(module.handle(), ScriptWriter.RUN, arguments);
        } catch (EngineException e) {
            throw failed(e)
                    .map(node -> NativeFailure.of(e, node))
                    .orElseGet(() -> NativeFailure.of(e, "the engine cannot run this kernel"));
        }
    }

    /** What a step of training tells of itself. */
    double[] step(ScriptModules.Module module, long... arguments) {
        try {
            return ScriptCalls.floats(module.handle(), ScriptWriter.STEP, arguments);
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
        Arrays.stream(owned, 0, count).forEach(ScriptCalls::delete);
    }
}
