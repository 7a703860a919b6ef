package org.sdescript.plot;

import java.util.List;
import org.sdescript.check.Kind;
import org.sdescript.runtime.Value;

/**
 * A layer as a value of a script.
 *
 * @param source the layer; its numbers are in the JVM, so it holds no native memory
 * @param children the function that a layer of a function needs until it is drawn
 */
public record LayerValue(LayerSource source, List<Value> children) implements Value.Extension {
    public LayerValue {
        children = List.copyOf(children);
    }

    LayerValue(Layer layer) {
        this(layer, List.of());
    }

    @Override
    public Kind kind() {
        return Kind.LAYER;
    }

    @Override
    public String show() {
        return source.describe();
    }
}
