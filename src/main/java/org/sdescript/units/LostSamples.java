package org.sdescript.units;

import java.util.List;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkUnit;
import org.sdescript.runtime.process.NanWatch;
import org.sdescript.source.Span;

/** Notes samples of a part that are not finite: nobody looks at a part before it is used. */
final class LostSamples {
    private LostSamples() {}

    static void note(WorkUnit unit, Value samples, Span span, Interpreter interpreter) {
        List<Integer> lost = NanWatch.violated(samples, interpreter.tensors(), span);
        if (!lost.isEmpty()) {
            interpreter
                    .session()
                    .console()
                    .note(lost.size() + " of the " + unit.count() + " samples of part " + unit.number()
                            + " are not finite, the first is sample " + (unit.from() + lost.getFirst()));
        }
    }
}
