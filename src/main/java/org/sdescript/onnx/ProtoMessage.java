package org.sdescript.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message in the wire format of Protocol Buffers: numbered fields, in the order in which they were added. */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int WIRE_BITS = 3;
    private static final int GROUP_BITS = 7;
    private static final int GROUP = (1 << GROUP_BITS) - 1;
    private static final int MORE = 1 << GROUP_BITS;

    private sealed interface Part {
        record Bytes(byte[] bytes) implements Part {}

        record Nested(int field, ProtoMessage message) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();

    ProtoMessage number(int field, long value) {
        ByteArrayOutputStream bytes = head(field, VARINT);
        varint(value, bytes);
        return add(bytes.toByteArray());
    }

    /** Adds a number in single precision. */
    ProtoMessage real(int field, float value) {
        ByteArrayOutputStream bytes = head(field, FIXED_32);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return add(bytes.toByteArray());
    }

    ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes without copying them. */
    ProtoMessage bytes(int field, byte[] value) {
        return add(blockHead(field, value.length)).add(value);
    }

    ProtoMessage message(int field, ProtoMessage value) {
        parts.add(new Part.Nested(field, value));
        return this;
    }

    private ProtoMessage add(byte[] bytes) {
        parts.add(new Part.Bytes(bytes));
        return this;
    }

    /** Returns the number of bytes that {@link #write} writes. */
    long size() {
        long size = 0;
        for (Part part : parts) {
            size += switch (part) {
                case Part.Bytes(byte[] bytes) -> bytes.length;
                case Part.Nested(int field, ProtoMessage message) -> {
                    long content = message.size();
                    yield blockHead(field, content).length + content;
                }
            };
        }
        return size;
    }

    void write(OutputStream out) throws IOException {
        for (Part part : parts) {
            switch (part) {
                case Part.Bytes(byte[] bytes) -> out.write(bytes);
                case Part.Nested(int field, ProtoMessage message) -> {
                    out.write(blockHead(field, message.size()));
                    message.write(out);
                }
            }
        }
    }

    private static byte[] blockHead(int field, long length) {
        ByteArrayOutputStream bytes = head(field, LENGTH_DELIMITED);
        varint(length, bytes);
        return bytes.toByteArray();
    }

    private static ByteArrayOutputStream head(int field, int wireType) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        varint((long) field << WIRE_BITS | wireType, bytes);
        return bytes;
    }

    /** Writes groups of seven bits, the lowest first; the eighth bit says that another group follows. */
    private static void varint(long value, ByteArrayOutputStream bytes) {
        long rest = value;
        while ((rest & ~(long) GROUP) != 0) {
            bytes.write((int) (rest & GROUP) | MORE);
            rest >>>= GROUP_BITS;
        }
        bytes.write((int) rest);
    }
}
