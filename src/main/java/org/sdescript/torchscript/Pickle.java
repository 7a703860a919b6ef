package org.sdescript.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sdescript.graph.DType;

/**
 * The object of a module as a pickle of protocol 2, in the opcodes of PyTorch's own unpickler
 * (torch/csrc/jit/serialization/unpickler.cpp). The elements of tensors are in separate files.
 */
final class Pickle {
    private static final int PROTOCOL = 0x80;
    private static final int LONGEST_BYTE = 0xff;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Pickle() {}

    /** Returns an object of the class with these tensors; number i is in the file {@code data/i}. */
    static byte[] module(String type, List<Attribute> attributes) {
        Pickle pickle = new Pickle();
        pickle.bytes.write(PROTOCOL);
        pickle.bytes.write(2);
        pickle.global("__torch__", type).op(')').op(0x81).op('}').op('(');
        pickle.text("training").op(0x89);
        for (int i = 0; i < attributes.size(); i++) {
            pickle.text(attributes.get(i).name()).tensor(attributes.get(i), i);
        }
        pickle.op('u').op('b').op('.');
        return pickle.bytes.toByteArray();
    }

    /**
     * Writes a tensor as a call of {@code torch._utils._rebuild_tensor_v2} with a storage, an offset, sizes and
     * strides.
     */
    private void tensor(Attribute tensor, int file) {
        global("torch._utils", "_rebuild_tensor_v2").op('(');
        op('(').text("storage")
                .global("torch", storage(tensor.dtype()))
                .text(String.valueOf(file))
                .text("cpu");
        whole(tensor.elements()).op('t').op('Q');
        whole(0);
        wholes(tensor.sizes()).wholes(strides(tensor.sizes()));
        op(tensor.isParameter() ? 0x88 : 0x89);
        global("collections", "OrderedDict").op(')').op('R');
        op('t').op('R');
    }

    private static List<Long> strides(List<Long> sizes) {
        Long[] strides = new Long[sizes.size()];
        long next = 1;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            strides[axis] = next;
            next *= sizes.get(axis);
        }
        return List.of(strides);
    }

    private static String storage(DType dtype) {
        return switch (dtype) {
            case BOOL -> "BoolStorage";
            case INT64 -> "LongStorage";
            case FLOAT32 -> "FloatStorage";
            case FLOAT64 -> "DoubleStorage";
        };
    }

    private Pickle wholes(List<Long> numbers) {
        op('(');
        numbers.forEach(this::whole);
        return op('t');
    }

    /** Writes LONG1 with eight bytes, which holds any long. */
    private Pickle whole(long number) {
        op(0x8a).op(Long.BYTES);
        return raw(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
    }

    private Pickle global(String module, String name) {
        return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Pickle text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return op('X').raw(ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(encoded.length)
                        .array())
                .raw(encoded);
    }

    private Pickle op(int code) {
        bytes.write(code & LONGEST_BYTE);
        return this;
    }

    private Pickle raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }
}
