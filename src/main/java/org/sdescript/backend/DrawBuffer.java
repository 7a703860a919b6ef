package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/**
 * A tensor in host memory whose numbers are drawn anew for each call of a kernel. The tensor lies on a Java buffer, so
 * no view of it may outlive the call.
 */
final class DrawBuffer {
    private final Node draw;
    private final ByteBuffer buffer;
    private final Tensor tensor;

    private DrawBuffer(Backend backend, Node draw, Type.TensorType type) {
        this.draw = draw;
        this.buffer = HostBuffers.direct(
                Math.toIntExact(type.shape().elements() * type.dtype().bytes()));
        this.tensor = backend.adopt(
                JniUtils.createNdFromByteBuffer(
                        backend.root(),
                        buffer,
                        DjlTypes.shape(type.shape()),
                        DjlTypes.dataType(type.dtype()),
                        SparseFormat.DENSE,
                        Device.cpu()),
                type);
    }

    static DrawBuffer of(Backend backend, Node draw) {
        try {
            return new DrawBuffer(backend, draw, (Type.TensorType) draw.type());
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw MemoryLimit.beyondJava(e, draw);
        }
    }

    /** Draws new numbers and returns the tensor's handle. */
    long next(RandomStream random, HostBuffers staging) {
        Shape shape = tensor.shape();
        double[] values = scratch(staging, shape);
        if (draw.operation() instanceof Operation.RandomNormal) {
            random.normal(shape, values);
        } else {
            random.uniform(shape, values);
            HostBuffers.stayBelowOne(tensor.dtype(), shape, values);
        }
        HostBuffers.write(tensor.dtype(), shape, values, buffer.clear());
        return tensor.array().getHandle();
    }

    private double[] scratch(HostBuffers staging, Shape shape) {
        try {
            return staging.scratch(shape);
        } catch (OutOfMemoryError e) {
            throw MemoryLimit.beyondJava(e, draw);
        }
    }
}
