package org.sdescript.learn;

import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/** The learning rate: a number, or a function of the step counted from 0. */
record LearningRate(Value rule, Interpreter interpreter, Span span) {
    double at(long step) {
        Value rate = rule instanceof Callable callable ? interpreter.call(callable, span, Value.number(step)) : rule;
        double value = Coercion.number(rate, "the learning rate", span);
        if (!(value >= 0 && Double.isFinite(value))) {
            throw Diagnostic.error(
                            "E0807", span, "the learning rate is " + ValueText.number(value) + " at step " + (step + 1))
                    .help("a learning rate is 0 or more, such as 1e-3; a function of the step receives 0 first,"
                            + " then 1")
                    .raise();
        }
        return value;
    }
}
