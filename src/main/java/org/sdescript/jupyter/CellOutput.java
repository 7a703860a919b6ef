package org.sdescript.jupyter;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.display.MimeBundle;
import org.sdescript.runtime.Value;
import org.sdescript.workspace.EntryOutput;

/** The values of a cell as messages, and its errors as one failure. */
final class CellOutput implements EntryOutput {
    private static final Renderer COLOURED = new Renderer(true);

    private final CellConsole console;
    private @Nullable Failure failure;

    CellOutput(CellConsole console) {
        this.console = console;
    }

    void begin() {
        failure = null;
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    private void fail(Failure next) {
        failure = failure == null ? next : failure.and(next);
    }

    @Override
    public void value(Value value) {
        MimeBundle.of(value).ifPresent(console::value);
    }

    @Override
    public void errors(List<Diagnostic> errors) {
        fail(Failure.of(errors));
    }

    @Override
    public void warnings(List<Diagnostic> warnings) {
        warnings.forEach(warning -> console.drawn(COLOURED.render(warning).stripTrailing()));
    }

    @Override
    public void mistake(String message) {
        fail(Failure.of(message));
    }

    @Override
    public void fault(Throwable fault) {
        fail(Failure.bug(fault));
    }

    @Override
    public void interrupted() {
        fail(Failure.INTERRUPTED);
    }
}
