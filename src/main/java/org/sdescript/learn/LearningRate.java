package org.sdescript.learn;

import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Convert;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** The step size of the optimiser: a number, or a function of the step counted from 0. */
record LearningRate(Value rule, Interpreter interpreter, Span span) {
    double at(long step) {
        Value rate = rule instanceof Callable callable ? interpreter.call(callable, span, Value.number(step)) : rule;
        return Convert.number(rate, "the learning rate", span);
    }
}
