package org.sdescript.learn;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes TensorBoard's message {@code Event} in the format of protocol buffers: each field is its number and kind, then
 * its value. The numbers are those of tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.
 */
final class EventMessage {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    /** Fields of Event. */
    private static final int WALL_TIME = 1;

    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;

    /** The field {@code value} of Summary, and fields of Summary.Value. */
    private static final int VALUE = 1;

    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;

    /** The field {@code status} of SessionLog, and its value START. */
    private static final int STATUS = 1;

    private static final int START = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private EventMessage() {}

    /** The first event of a file. */
    static byte[] version(double seconds) {
        return new EventMessage()
                .real(WALL_TIME, seconds)
                .text(FILE_VERSION, "brain.Event:2")
                .toBytes();
    }

    /** The event after which TensorBoard drops what earlier files of the folder say of this step and later ones. */
    static byte[] start(double seconds, long step) {
        return new EventMessage()
                .real(WALL_TIME, seconds)
                .whole(STEP, step)
                .message(SESSION_LOG, new EventMessage().whole(STATUS, START))
                .toBytes();
    }

    /** A number of a step. */
    static byte[] scalar(double seconds, long step, String tag, double value) {
        EventMessage number = new EventMessage().text(TAG, tag).single(SIMPLE_VALUE, (float) value);
        return new EventMessage()
                .real(WALL_TIME, seconds)
                .whole(STEP, step)
                .message(SUMMARY, new EventMessage().message(VALUE, number))
                .toBytes();
    }

    private byte[] toBytes() {
        return bytes.toByteArray();
    }

    private EventMessage real(int field, double value) {
        key(field, FIXED_64);
        bytes.writeBytes(little(Double.BYTES).putDouble(value).array());
        return this;
    }

    private EventMessage single(int field, float value) {
        key(field, FIXED_32);
        bytes.writeBytes(little(Float.BYTES).putFloat(value).array());
        return this;
    }

    private EventMessage whole(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    private EventMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private EventMessage message(int field, EventMessage value) {
        return bytes(field, value.toBytes());
    }

    private EventMessage bytes(int field, byte[] value) {
        key(field, BYTES);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void key(int field, int kind) {
        varint((long) field << 3 | kind);
    }

    /** Seven bits a byte, the lowest first; the top bit says that more follow. */
    private void varint(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
