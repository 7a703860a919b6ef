package org.sdescript;

import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/** A model in ONNX Runtime, on one thread. */
public final class OnnxSession implements AutoCloseable {
    /** A tensor of ONNX Runtime as plain numbers; truth values are 1 and 0. */
    public record Values(DType dtype, Shape shape, double[] elements) {
        public static Values of(Shape shape, double... elements) {
            return new Values(DType.FLOAT32, shape, elements);
        }

        /** A number in double precision, a tensor without axes. */
        public static Values number(double value) {
            return new Values(DType.FLOAT64, Shape.SCALAR, new double[] {value});
        }
    }

    private static final OrtEnvironment RUNTIME = runtime();

    private final OrtSession session;

    public OnnxSession(byte[] model) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = RUNTIME.createSession(model, options);
        } catch (OrtException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** ONNX Runtime has libraries for some platforms only; tests are skipped on others. */
    private static OrtEnvironment runtime() {
        OrtEnvironment runtime = null;
        try {
            runtime = OrtEnvironment.getEnvironment();
        } catch (UnsatisfiedLinkError | IllegalStateException | ExceptionInInitializerError absent) {
            assumeThat(absent)
                    .as("ONNX Runtime has no library for this platform")
                    .isNull();
        }
        return runtime;
    }

    /** Returns the outputs by name, in the order of the model. */
    public Map<String, Values> run(Map<String, Values> inputs) {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (var input : inputs.entrySet()) {
                tensors.put(input.getKey(), tensor(input.getValue()));
            }
            Map<String, Values> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (var output : result) {
                    outputs.put(output.getKey(), values(output.getValue()));
                }
            }
            return outputs;
        } catch (OrtException e) {
            throw new AssertionError(e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Values values) throws OrtException {
        long[] shape = values.shape().toArray();
        double[] from = values.elements();
        return switch (values.dtype()) {
            case FLOAT64 -> OnnxTensor.createTensor(RUNTIME, DoubleBuffer.wrap(from), shape);
            case INT64 ->
                OnnxTensor.createTensor(
                        RUNTIME,
                        LongBuffer.wrap(
                                Arrays.stream(from).mapToLong(x -> (long) x).toArray()),
                        shape);
            case FLOAT32 -> {
                FloatBuffer single = FloatBuffer.allocate(from.length);
                Arrays.stream(from).forEach(x -> single.put((float) x));
                yield OnnxTensor.createTensor(RUNTIME, single.flip(), shape);
            }
            case BOOL -> {
                ByteBuffer bytes = ByteBuffer.allocateDirect(from.length);
                Arrays.stream(from).forEach(x -> bytes.put((byte) (x != 0 ? 1 : 0)));
                yield OnnxTensor.createTensor(RUNTIME, bytes.flip(), shape, OnnxJavaType.BOOL);
            }
        };
    }

    private static Values values(OnnxValue value) {
        OnnxTensor tensor = (OnnxTensor) value;
        TensorInfo info = tensor.getInfo();
        Shape shape = Shape.of(info.getShape());
        double[] elements = new double[(int) shape.elements()];
        switch (info.type) {
            case FLOAT -> {
                FloatBuffer buffer = tensor.getFloatBuffer();
                Arrays.setAll(elements, i -> buffer.get(i));
                return new Values(DType.FLOAT32, shape, elements);
            }
            case DOUBLE -> {
                DoubleBuffer buffer = tensor.getDoubleBuffer();
                Arrays.setAll(elements, buffer::get);
                return new Values(DType.FLOAT64, shape, elements);
            }
            case INT64 -> {
                LongBuffer buffer = tensor.getLongBuffer();
                Arrays.setAll(elements, i -> buffer.get(i));
                return new Values(DType.INT64, shape, elements);
            }
            case BOOL -> {
                ByteBuffer buffer = tensor.getByteBuffer();
                Arrays.setAll(elements, i -> buffer.get(i));
                return new Values(DType.BOOL, shape, elements);
            }
            default -> throw new AssertionError(info);
        }
    }

    /** Returns the inputs as {@code name: type [sizes]}, where -1 is an axis of any size. */
    public List<String> inputs() {
        try {
            return session.getInputInfo().values().stream()
                    .map(OnnxSession::text)
                    .toList();
        } catch (OrtException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Returns the outputs likewise. */
    public List<String> outputs() {
        try {
            return session.getOutputInfo().values().stream()
                    .map(OnnxSession::text)
                    .toList();
        } catch (OrtException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static String text(NodeInfo node) {
        TensorInfo info = (TensorInfo) node.getInfo();
        return node.getName() + ": " + info.type.name().toLowerCase(java.util.Locale.ROOT) + " "
                + Arrays.toString(info.getShape()) + " " + Arrays.toString(info.getDimensionNames());
    }

    public Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
