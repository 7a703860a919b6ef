package org.sdescript.runtime;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Tensor;

/** The stack of a run's memory scopes; the innermost scope owns what is allocated. */
public final class MemoryScopes implements AutoCloseable {
    private @Nullable MemoryScope innermost = new MemoryScope(null);

    /** Wraps a tensor of the backend; the innermost scope owns the tensor. */
    public Value.TensorValue own(Tensor tensor) {
        innermost().own(tensor);
        return new Value.TensorValue(tensor);
    }

    /** Makes the innermost scope the owner of a native resource. */
    public void own(AutoCloseable resource) {
        innermost().own(resource);
    }

    MemoryScope open() {
        MemoryScope opened = new MemoryScope(innermost);
        innermost = opened;
        return opened;
    }

    /** @param roots evaluated only if the scope owns resources */
    void end(MemoryScope opened, Supplier<Reachability> roots) {
        while (innermost != opened) {
            innermost = innermost().end(Reachability::new);
        }
        innermost = opened.end(roots);
    }

    /** Ends the scope of a top-level statement; unreachable resources of earlier statements are freed too. */
    void endStatement(MemoryScope opened, Supplier<Reachability> roots) {
        end(opened, roots);
        innermost().sweepIfOutermost(roots);
    }

    private MemoryScope innermost() {
        return Objects.requireNonNull(innermost);
    }

    /** Frees everything; nothing is allocated afterwards. */
    @Override
    public void close() {
        while (innermost != null) {
            innermost = innermost.end(Reachability::new);
        }
    }
}
