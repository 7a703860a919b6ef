package org.sdescript.parcel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, big-endian, and that can be cut off where a value turned out to have no portable form. */
final class ParcelBytes {
    private static final long MOST = Integer.MAX_VALUE - 8L;

    private byte[] bytes = new byte[1 << 10];
    private int size;

    int size() {
        return size;
    }

    void cut(int to) {
        size = to;
    }

    void tag(Tag tag) {
        one(tag.ordinal());
    }

    void one(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void truth(boolean value) {
        one(value ? 1 : 0);
    }

    void number(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void number(long value) {
        number((int) (value >>> 32));
        number((int) value);
    }

    void number(double value) {
        number(Double.doubleToRawLongBits(value));
    }

    void text(String value) {
        all(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The length, then the bytes. */
    void all(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void room(int more) {
        long wanted = (long) size + more;
        if (wanted > MOST) {
            throw new NotPortable("more than 2 GiB of values");
        }
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(2L * bytes.length, wanted)));
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}
