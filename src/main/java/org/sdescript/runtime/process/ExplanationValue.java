package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.sdescript.check.Kind;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.Value;

/** A derivation in steps, the result of {@code explain}. */
public record ExplanationValue(Explanation explanation) implements Explainable, FieldTable.Owner {
    private static final FieldTable<ExplanationValue> FIELDS = FieldTable.of(
            value("title", its -> Value.text(its.explanation().title())),
            value(
                    "steps",
                    its -> Value.list(its.explanation().steps().stream()
                            .map(ExplanationValue::step)
                            .toList())));

    @Override
    public Kind kind() {
        return Kind.EXPLANATION;
    }

    @Override
    public String show() {
        return explanation.toString();
    }

    @Override
    public String latex() {
        return explanation.latex();
    }

    @Override
    public String mathml() {
        return explanation.html();
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    private static Value step(Explanation.Step step) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("rule", Value.text(step.sentence()));
        fields.put(
                "source",
                step.source().map(Citation::citation).<Value>map(Value::text).orElse(Value.None.NONE));
        fields.put("formulas", texts(step, Formula::text));
        fields.put("latex", texts(step, Formula::latex));
        fields.put("mathml", texts(step, Formula::mathml));
        return new Value.RecordValue(fields);
    }

    private static Value texts(Explanation.Step step, Function<Formula, String> notation) {
        return Value.list(
                step.formulas().stream().map(notation).map(Value::text).toList());
    }
}
