package org.sdescript.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Span;

/**
 * The process of a model, whose parameters may be conditions: then each sample has its own.
 *
 * @param stated the process of the training
 */
record SampleProcess(ProcessValue stated, TrainedShape shape, StateConcatenation states) {
    /**
     * Returns the process with each sample's own parameters.
     *
     * @param given conditions by name, among them all parameters of the process that are conditions
     * @param x the samples; the states of a system have one shape
     */
    ProcessValue process(Map<String, Value> given, Value x, Interpreter interpreter, Span span) {
        List<TrainedCondition> its = shape.conditions().ofProcess();
        if (its.isEmpty()) {
            return stated;
        }
        Tensors tensors = interpreter.tensors();
        Value state = states.parts(x, tensors, span).getFirst();
        Shape samples = Shape.of(tensors.shape(state).size(0));
        Map<String, Optional<Value>> parameters = new LinkedHashMap<>();
        for (TrainedCondition each : its) {
            Value value = given.get(each.name());
            if (value == null || value == Value.None.NONE) {
                throw shape.conditions().missing(each, span);
            }
            Value rows = tensors.cast(each.perSample(value, samples, tensors, span), tensors.precision(), span);
            parameters.put(each.name(), Optional.of(tensors.align(rows, state, span)));
        }
        return stated.withParameters(parameters, interpreter, span);
    }

    /** Returns a condition that is a parameter of the process as its declaration takes it: rows have the rank of x. */
    Value parameter(TrainedCondition condition, Value value, Tensors tensors, Span span) {
        condition.require(value, tensors, span);
        if (!condition.isForEach(value, tensors)) {
            return value;
        }
        Value rows = tensors.cast(tensors.require(value, condition.name(), span), tensors.precision(), span);
        List<Long> sizes = new ArrayList<>(tensors.shape(rows).sizes());
        int rank = shape.known().map(sample -> sample.rank() + 1).orElse(0);
        while (sizes.size() < rank) {
            sizes.add(1L);
        }
        return tensors.reshape(rows, new Shape(sizes), span);
    }
}
