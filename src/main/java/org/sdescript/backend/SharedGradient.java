package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.nio.ByteBuffer;
import org.sdescript.graph.Type;

/**
 * The gradient of the loss on a whole batch, summed over the machines that each have a part of it. A loss is a mean over
 * samples, so that of the batch is the sum of the parts' losses, each times its share of the samples, and so is the
 * gradient.
 */
final class SharedGradient implements AutoCloseable {
    private final double share;
    private final SharedNumbers numbers;
    private final ByteBuffer buffer;
    private final Tensor host;
    private final Tensor vector;
    private final long both;
    private final long parts;

    /** @param values all parameters end to end */
    SharedGradient(Backend backend, Parameters parameters, Tensor values, StepSharing sharing) {
        long count = values.shape().elements();
        this.share = sharing.share();
        this.numbers = new SharedNumbers(sharing.exchange(), values.dtype(), count, 1);
        this.buffer = HostBuffers.direct(Math.toIntExact(count * values.dtype().bytes()));
        Type.TensorType type = values.type();
        this.host = backend.adopt(
                JniUtils.createNdFromByteBuffer(
                        backend.root(),
                        buffer,
                        DjlTypes.shape(type.shape()),
                        DjlTypes.dataType(type.dtype()),
                        SparseFormat.DENSE,
                        Device.cpu()),
                type);
        this.vector = backend.adopt(JniUtils.clone(values.array()), type);
        this.both = ScriptCalls.tensors(host.array().getHandle(), vector.array().getHandle());
        this.parts = parameters.partsArgument(vector);
    }

    /** The gradient in the host's memory and that on the device, as the list that a script takes. */
    long both() {
        return both;
    }

    /** The views of the gradient on the device, one for each parameter, as the list that a script takes. */
    long parts() {
        return parts;
    }

    /** Sums the gradient in the host's memory over all machines; returns the sum of the losses. */
    double sum(double loss) {
        numbers.put(0, Math.toIntExact(host.shape().elements()), buffer.clear());
        double sum = summed(loss);
        numbers.copyTo(buffer.clear());
        return sum;
    }

    private double summed(double loss) {
        numbers.more(0, loss);
        numbers.scale(share);
        numbers.sum();
        return numbers.more(0);
    }

    /** A sum of losses, and the gradient of the sum, which the scope owns. */
    record Sum(double loss, PtNDArray gradient) {}

    /** Sums a loss and its gradient over all machines. */
    Sum sum(double loss, PtNDArray gradient, PtNDManager scope) {
        HostRead.of(gradient, bytes -> {
            numbers.put(0, Math.toIntExact(gradient.getShape().size()), bytes);
            return bytes;
        });
        double sum = summed(loss);
        numbers.copyTo(buffer.clear());
        PtNDArray all = host.array().toDevice(gradient.getDevice(), true);
        all.attach(scope);
        return new Sum(sum, all);
    }

    @Override
    public void close() {
        ScriptCalls.delete(parts);
        ScriptCalls.delete(both);
        vector.close();
        host.close();
    }
}
