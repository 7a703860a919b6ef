package org.sdescript.runtime;

import static org.sdescript.runtime.FieldTable.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** An error of the script that {@code try} caught; {@code fail(e)} raises the same error again. */
public record ErrorValue(SdeError error) implements FieldTable.Owner {
    private static final FieldTable<ErrorValue> FIELDS = FieldTable.of(
            value("code", caught -> Value.text(caught.first().code())),
            value("message", caught -> Value.text(caught.first().message())),
            value("line", ErrorValue::line),
            value("file", ErrorValue::file),
            value("help", ErrorValue::help));

    private Diagnostic first() {
        return error.diagnostics().getFirst();
    }

    private Value line() {
        return first().span().<Value>map(span -> Value.number(span.line())).orElse(None.NONE);
    }

    private Value file() {
        return first().span()
                .<Value>map(span -> Value.text(span.source().name()))
                .orElse(None.NONE);
    }

    private Value help() {
        return first().help().<Value>map(Value::text).orElse(None.NONE);
    }

    /** Returns the fields as a record, for files. */
    public Value.RecordValue fields() {
        Map<String, Value> fields = new LinkedHashMap<>();
        FIELDS.names().forEach(name -> fields.put(name, Objects.requireNonNull(FIELDS.get(name, this))));
        return new Value.RecordValue(fields);
    }

    @Override
    public Kind kind() {
        return Kind.ERROR;
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public String show() {
        return first().code() + ": " + first().message();
    }

    @Override
    public String toString() {
        return show();
    }
}
