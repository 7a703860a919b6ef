package org.sdescript.exchange;

import java.nio.ByteBuffer;

/** A part of a buffer, which is sent as bytes or takes bytes. Both happen in pieces of whole numbers. */
interface Part {
    /** The size in bytes. */
    int bytes();

    /** Prepares for a message of this size; false if a message of this size is none for this part. */
    default boolean accepts(int size) {
        return size == bytes();
    }

    /** Writes the bytes from {@code at} on until the target is full or the part ends. */
    void write(int at, ByteBuffer target);

    /** Takes all bytes of the source as those from {@code at} on. */
    void read(int at, ByteBuffer source);

    /** @param adds true if the numbers received are added to those in the buffer */
    record Doubles(double[] buffer, int from, int count, boolean adds) implements Part {
        @Override
        public int bytes() {
            return count * Double.BYTES;
        }

        @Override
        public void write(int at, ByteBuffer target) {
            int numbers = Math.min(target.remaining(), bytes() - at) / Double.BYTES;
            target.asDoubleBuffer().put(buffer, from + at / Double.BYTES, numbers);
            target.position(target.position() + numbers * Double.BYTES);
        }

        @Override
        public void read(int at, ByteBuffer source) {
            int first = from + at / Double.BYTES;
            int numbers = source.remaining() / Double.BYTES;
            if (adds) {
                double[] given = new double[numbers]; // a loop over arrays is compiled to vector instructions
                source.asDoubleBuffer().get(given);
                for (int i = 0; i < numbers; i++) {
                    buffer[first + i] = given[i] + buffer[first + i];
                }
            } else {
                source.asDoubleBuffer().get(buffer, first, numbers);
            }
        }
    }

    /** @param adds true if the numbers received are added to those in the buffer */
    record Floats(float[] buffer, int from, int count, boolean adds) implements Part {
        @Override
        public int bytes() {
            return count * Float.BYTES;
        }

        @Override
        public void write(int at, ByteBuffer target) {
            int numbers = Math.min(target.remaining(), bytes() - at) / Float.BYTES;
            target.asFloatBuffer().put(buffer, from + at / Float.BYTES, numbers);
            target.position(target.position() + numbers * Float.BYTES);
        }

        @Override
        public void read(int at, ByteBuffer source) {
            int first = from + at / Float.BYTES;
            int numbers = source.remaining() / Float.BYTES;
            if (adds) {
                float[] given = new float[numbers]; // a loop over arrays is compiled to vector instructions
                source.asFloatBuffer().get(given);
                for (int i = 0; i < numbers; i++) {
                    buffer[first + i] = given[i] + buffer[first + i];
                }
            } else {
                source.asFloatBuffer().get(buffer, first, numbers);
            }
        }
    }

    /** Bytes of a text; a message received may have any size up to the longest. */
    final class Text implements Part {
        private byte[] content;

        Text(byte[] content) {
            this.content = content;
        }

        byte[] content() {
            return content;
        }

        @Override
        public int bytes() {
            return content.length;
        }

        @Override
        public boolean accepts(int size) {
            boolean accepted = size <= Ring.LONGEST_TEXT;
            if (accepted) {
                content = new byte[size];
            }
            return accepted;
        }

        @Override
        public void write(int at, ByteBuffer target) {
            target.put(content, at, Math.min(target.remaining(), content.length - at));
        }

        @Override
        public void read(int at, ByteBuffer source) {
            source.get(content, at, source.remaining());
        }
    }
}
