package org.sdescript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages files as disks, copies and attackers do: flips bits, cuts off ends, removes, doubles or replaces parts by
 * another file's, sets lengths and numbers to extremes. Equal seeds damage equally.
 */
public final class FileMutator {
    private static final long[] EXTREMES = {
        0,
        1,
        -1,
        2,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xFFFF_FFFFL,
        1L << 32,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "00",
            "1",
            "7",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "4611686018427387904",
            "9223372036854775807",
            "99999999999999999999",
            "1e999",
            "nan",
            "0.5",
            "");
    private static final List<String> WORDS = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            ",",
            ":",
            "\n",
            "'",
            "\0",
            "\u001b[31m",
            "é",
            "\uD83D\uDE00",
            ";",
            "\\u0000");

    private final SplittableRandom random;

    public FileMutator(long seed) {
        random = new SplittableRandom(seed);
    }

    /** @param other a file that parts may come from */
    public byte[] damaged(byte[] valid, byte[] other) {
        byte[] bytes = valid;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = once(bytes, other);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, byte[] other) {
        if (bytes.length == 0) {
            return other;
        }
        int at = random.nextInt(bytes.length);
        int count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : bytes.length));
        return switch (random.nextInt(10)) {
            case 0 -> flipped(bytes);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> replaced(bytes, at, count, new byte[0]);
            case 3 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + count));
            case 4 -> replaced(bytes, at, random.nextBoolean() ? count : 0, noise());
            case 5 ->
                replaced(
                        bytes,
                        at,
                        bytes.length - at,
                        Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
            case 6 -> extreme(bytes, random.nextBoolean() ? at : random.nextInt(Math.min(64, bytes.length)));
            case 7 -> replacedNumber(bytes, at);
            case 8 -> replaced(bytes, at, random.nextInt(2), text(WORDS));
            default -> swapped(bytes, at);
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] text(List<String> choices) {
        return choices.get(random.nextInt(choices.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** Sets a field of 1, 2, 4 or 8 bytes, more often one near the start, to an extreme value. */
    private byte[] extreme(byte[] bytes, int at) {
        int width = 1 << random.nextInt(4);
        ByteBuffer field = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        field.putLong(EXTREMES[random.nextInt(EXTREMES.length)]);
        byte[] little = Arrays.copyOf(field.array(), width);
        if (random.nextBoolean()) {
            for (int i = 0, j = width - 1; i < j; i++, j--) {
                byte first = little[i];
                little[i] = little[j];
                little[j] = first;
            }
        }
        return replaced(bytes, at, Math.min(width, bytes.length - at), little);
    }

    /** Replaces the next digits by another number. */
    private byte[] replacedNumber(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && !Character.isDigit(bytes[at])) {
            at++;
        }
        int end = at;
        while (end < bytes.length && Character.isDigit(bytes[end])) {
            end++;
        }
        return replaced(bytes, at, end - at, text(NUMBERS));
    }

    private byte[] swapped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        int to = random.nextInt(bytes.length);
        changed[at] = bytes[to];
        changed[to] = bytes[at];
        return changed;
    }

    private static byte[] replaced(byte[] bytes, int at, int count, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + by.length);
        out.write(bytes, 0, at);
        out.writeBytes(by);
        out.write(bytes, at + count, bytes.length - at - count);
        return out.toByteArray();
    }
}
