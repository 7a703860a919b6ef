package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/**
 * A tensor in the processor's memory whose numbers are drawn anew for each call of a kernel. It lies on a Java buffer, so nothing
 * that outlives the call may show it.
 */
final class DrawBuffer {
    private final Operation draw;
    private final ByteBuffer buffer;
    private final Tensor tensor;

    private DrawBuffer(Backend backend, Operation draw, Type.TensorType type) {
        this.draw = draw;
        this.buffer = Staging.direct(
                Math.toIntExact(type.shape().elements() * type.dtype().bytes()));
        this.tensor = backend.adopt(
                JniUtils.createNdFromByteBuffer(
                        backend.root(),
                        buffer,
                        Bridge.shape(type.shape()),
                        Bridge.dataType(type.dtype()),
                        SparseFormat.DENSE,
                        Device.cpu()),
                type);
    }

    static DrawBuffer of(Backend backend, Operation draw) {
        return switch (draw) {
            case Operation.RandomNormal(var dtype, Shape shape) ->
                new DrawBuffer(backend, draw, new Type.TensorType(dtype, shape));
            case Operation.RandomUniform(var dtype, Shape shape) ->
                new DrawBuffer(backend, draw, new Type.TensorType(dtype, shape));
            default -> throw new IllegalStateException(draw + " draws nothing");
        };
    }

    /** Draws once more and returns the tensor's handle. */
    long next(RandomStream random, Staging staging) {
        Shape shape = tensor.shape();
        double[] values = staging.scratch(shape);
        if (draw instanceof Operation.RandomNormal) {
            random.normal(shape, values);
        } else {
            random.uniform(shape, values);
            Staging.stayBelowOne(tensor.dtype(), shape, values);
        }
        Staging.write(tensor.dtype(), shape, values, buffer.clear());
        return tensor.array().getHandle();
    }
}
