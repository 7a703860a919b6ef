package org.sdescript.runtime.builtin;

import java.util.function.Function;
import java.util.function.Supplier;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.NetworkScope;

/** One call of a layer in the body of a network. */
final class LayerCall {
    private final Call call;
    private final NetworkScope scope;

    private LayerCall(Call call, NetworkScope scope) {
        this.call = call;
        this.scope = scope;
    }

    /** Runs a layer with parameters; throws outside of a network. */
    static Value withParameters(Call call, Function<LayerCall, Value> body) {
        NetworkScope scope = Kernels.of(call.interpreter()).networkScope();
        if (scope == null || scope.isOutermost()) {
            throw Diagnostic.error("E0513", call.span(), "a layer outside of a network")
                    .help("layers own parameters, so they belong in the body of a `network`")
                    .raise();
        }
        return scope.within(call.name(), () -> body.apply(new LayerCall(call, scope)));
    }

    /** Runs a function of tensors; inside a network the call appears as a layer. */
    static Value withoutParameters(Call call, Supplier<Value> body) {
        NetworkScope scope = Kernels.of(call.interpreter()).networkScope();
        return scope == null || scope.isOutermost() ? body.get() : scope.within(call.name(), body);
    }

    static boolean isTraining(Call call) {
        NetworkScope scope = Kernels.of(call.interpreter()).networkScope();
        return scope != null && scope.isTraining();
    }

    Value parameter(String name, InitialValues initial, long... sizes) {
        return scope.parameter(name, Shape.of(sizes), initial, call.span());
    }
}
