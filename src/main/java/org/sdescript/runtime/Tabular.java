package org.sdescript.runtime;

/** A value that is shown and saved as a table. */
public interface Tabular extends Value.Extension {
    TableValue table();

    @Override
    default String show() {
        return TableText.plain(table());
    }
}
