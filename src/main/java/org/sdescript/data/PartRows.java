package org.sdescript.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;

/**
 * Reads rows of one array from the parts. Rows are read in the order of the files, neighbours at once. Any thread may
 * read; one reads at a time.
 */
final class PartRows {
    /** A quarter of the files that a process may have open on macOS, where the usual limit is the lowest, 256. */
    private static final int OPEN_FILES = 64;

    /** Neighbouring rows are read together up to this size, beyond which a read costs more than its call. */
    private static final int AT_ONCE = 1 << 20;

    private final StoredParts parts;
    private final int array;
    private final Map<Integer, Opened> open = new LinkedHashMap<>(16, 0.75f, true);

    /** @param array the position of the array in the files */
    PartRows(StoredParts parts, int array) {
        this.parts = parts;
        this.array = array;
    }

    /**
     * An open file. Not a channel: the interrupt that Ctrl-C may send closes channels.
     *
     * @param at the offset of the first sample
     */
    private record Opened(RandomAccessFile file, long at) {}

    /** Numbers on their way into a tensor of single or double precision; one of the arrays is empty. */
    record Numbers(Shape shape, DType type, float[] single, double[] wide) {
        private static Numbers of(Shape shape, DType type) {
            int size = Math.toIntExact(shape.elements());
            return type == DType.FLOAT32
                    ? new Numbers(shape, type, new float[size], new double[0])
                    : new Numbers(shape, type, new float[0], new double[size]);
        }

        Tensor tensor(Backend backend) {
            return type == DType.FLOAT32 ? backend.tensor(shape, single) : backend.tensor(type, shape, wide);
        }

        /** Copies numbers of a file, converting their precision. */
        private void put(int at, ByteBuffer bytes, int count, DType from) {
            if (from == DType.FLOAT32 && type == DType.FLOAT32) {
                bytes.asFloatBuffer().get(single, at, count);
            } else if (from == DType.FLOAT64 && type != DType.FLOAT32) {
                bytes.asDoubleBuffer().get(wide, at, count);
            } else {
                for (int i = 0; i < count; i++) {
                    if (type == DType.FLOAT32) {
                        single[at + i] = (float) bytes.getDouble(i * Double.BYTES);
                    } else {
                        wide[at + i] = bytes.getFloat(i * Float.BYTES);
                    }
                }
            }
        }
    }

    private PartArray array() {
        return parts.arrays().get(array);
    }

    /** Reads all samples, and compares them with the checksums of their archives. */
    Numbers all(DType type) {
        Numbers numbers = Numbers.of(array().shape(parts.samples()), type);
        int at = 0;
        for (PartFile.Written part : parts.files()) {
            StopRequest.poll();
            try {
                StoredNpz.Stored stored = stored(part);
                byte[] bytes = StoredNpz.of(parts.path(part)).zip().read(stored.entry());
                int count = Math.toIntExact(stored.count() * array().sample().elements());
                ByteBuffer values = ByteBuffer.wrap(bytes, stored.header(), bytes.length - stored.header());
                numbers.put(at, values.slice().order(ByteOrder.LITTLE_ENDIAN), count, array().type());
                at += count;
            } catch (IOException damaged) {
                throw parts.damaged(part, damaged);
            }
        }
        return numbers;
    }

    /**
     * Reads samples.
     *
     * @param samples their positions among all samples, in any order, each any number of times
     */
    synchronized Numbers rows(long[] samples, DType type) {
        Numbers numbers = Numbers.of(array().shape(samples.length), type);
        int[] order = IntStream.range(0, samples.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> samples[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int from = 0;
        while (from < order.length) {
            StopRequest.poll();
            int to = neighbours(samples, order, from);
            read(samples, Arrays.copyOfRange(order, from, to), numbers);
            from = to;
        }
        return numbers;
    }

    /** Returns the end of the positions whose samples lie side by side in one file, and are read at once. */
    private int neighbours(long[] samples, int[] order, int from) {
        long most = Math.max(1, AT_ONCE / Math.max(1, array().width()));
        long first = samples[order[from]];
        int to = from + 1;
        while (to < order.length
                && samples[order[to]] - samples[order[to - 1]] <= 1
                && samples[order[to]] - first < most
                && parts.part(samples[order[to]]) == parts.part(first)) {
            to++;
        }
        return to;
    }

    private void read(long[] samples, int[] which, Numbers numbers) {
        long first = samples[which[0]];
        long last = samples[which[which.length - 1]];
        PartFile.Written part = parts.files().get(parts.part(first));
        int each = Math.toIntExact(array().sample().elements());
        int width = Math.toIntExact(array().width());
        byte[] bytes = new byte[Math.toIntExact((last - first + 1) * width)];
        try {
            Opened opened = opened(part);
            opened.file.seek(opened.at + (first - (long) part.number() * parts.batch()) * width);
            opened.file.readFully(bytes);
        } catch (IOException damaged) {
            throw parts.damaged(part, damaged);
        }
        for (int position : which) {
            ByteBuffer row = ByteBuffer.wrap(bytes, (int) (samples[position] - first) * width, width);
            numbers.put(position * each, row.slice().order(ByteOrder.LITTLE_ENDIAN), each, array().type());
        }
    }

    private Opened opened(PartFile.Written part) throws IOException {
        Opened known = open.get(part.number());
        if (known != null) {
            return known;
        }
        while (open.size() >= OPEN_FILES) {
            Iterator<Opened> eldest = open.values().iterator();
            eldest.next().file.close();
            eldest.remove();
        }
        StoredNpz.Stored stored = stored(part);
        Opened opened = new Opened(new RandomAccessFile(parts.path(part).toFile(), "r"), stored.at());
        open.put(part.number(), opened);
        return opened;
    }

    /** Returns the array in a file; throws unless the file looks as it was written. */
    private StoredNpz.Stored stored(PartFile.Written part) throws IOException {
        if (!PartFile.hasSize(parts.path(part), part.bytes())) {
            throw new IOException("it is missing, or not as long as it was");
        }
        StoredNpz npz = StoredNpz.of(parts.path(part));
        if (npz.count() != part.count() || !npz.layout().equals(parts.arrays())) {
            throw new IOException("its arrays have other shapes than those of the other parts");
        }
        return npz.arrays().get(array);
    }
}
