package org.sdescript.image;

import java.util.Optional;
import java.util.stream.IntStream;

/** Numbers as pictures: [height, width], [channels, height, width] or [n, channels, height, width], from −1 to 1. */
public record ImageStack(int count, int channels, int height, int width, double[] values) {

    /** Returns the pictures; empty unless the shape is one of pictures with one or three channels. */
    public static Optional<ImageStack> of(long[] shape, double[] values) {
        int rank = shape.length;
        if (rank < 2 || rank > 4 || values.length == 0) {
            return Optional.empty();
        }
        int channels = rank > 2 ? (int) shape[rank - 3] : 1;
        int count = rank > 3 ? (int) shape[0] : 1;
        return channels == 1 || channels == 3
                ? Optional.of(new ImageStack(count, channels, (int) shape[rank - 2], (int) shape[rank - 1], values))
                : Optional.empty();
    }

    public Pixels picture(int i) {
        return Pixels.of(values, i * channels * height * width, channels, height, width);
    }

    /** Arranges all pictures in rows of {@code wanted}; 0 for an almost square grid. */
    public Pixels grid(int wanted) {
        int columns = Math.min(count, wanted > 0 ? wanted : (int) Math.ceil(Math.sqrt(count)));
        int gap = count == 1 ? 0 : Math.max(1, width / 16);
        return Pixels.tiled(IntStream.range(0, count).mapToObj(this::picture).toArray(Pixels[]::new), columns, gap);
    }
}
