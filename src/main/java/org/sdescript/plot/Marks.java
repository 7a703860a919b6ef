package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.sdescript.image.Pixels;

/** The visible marks of a layer, in the axes' measures, with the number of omitted points. */
sealed interface Marks {
    Look look();

    int total();

    int leftOut();

    DoubleStream xs();

    DoubleStream ys();

    default String label() {
        return look().label();
    }

    /** @param elements the index in the layer of each point */
    record Dots(double[] x, double[] y, int[] elements, Look look, int total) implements Marks {
        @Override
        public int leftOut() {
            return total - x.length;
        }

        @Override
        public DoubleStream xs() {
            return Arrays.stream(x);
        }

        @Override
        public DoubleStream ys() {
            return Arrays.stream(y);
        }
    }

    /** A curve; both coordinates are NaN at a gap. */
    record Curve(double[] x, double[] y, Look look, int leftOut) implements Marks {
        @Override
        public int total() {
            return x.length;
        }

        @Override
        public DoubleStream xs() {
            return Arrays.stream(x);
        }

        @Override
        public DoubleStream ys() {
            return Arrays.stream(y);
        }
    }

    /** Curves in one look. */
    record Paths(List<Curve> curves, boolean plane, Look look) implements Marks {
        @Override
        public int total() {
            return curves.stream().mapToInt(Curve::total).sum();
        }

        @Override
        public int leftOut() {
            return curves.stream().mapToInt(Curve::leftOut).sum();
        }

        @Override
        public DoubleStream xs() {
            return curves.stream().flatMapToDouble(Curve::xs);
        }

        @Override
        public DoubleStream ys() {
            return curves.stream().flatMapToDouble(Curve::ys);
        }
    }

    /** Points with intervals; an end that the axis cannot show is NaN. */
    record Whiskers(Dots dots, double[] low, double[] high) implements Marks {
        @Override
        public Look look() {
            return dots.look();
        }

        @Override
        public int total() {
            return dots.total();
        }

        @Override
        public int leftOut() {
            return dots.leftOut();
        }

        @Override
        public DoubleStream xs() {
            return dots.xs();
        }

        @Override
        public DoubleStream ys() {
            return Stream.of(dots.y(), low, high).flatMapToDouble(Arrays::stream);
        }
    }

    /** The area between two curves with common gaps. */
    record Area(Curve low, Curve high) implements Marks {
        @Override
        public Look look() {
            return low.look();
        }

        @Override
        public int total() {
            return low.total();
        }

        @Override
        public int leftOut() {
            return low.leftOut();
        }

        @Override
        public DoubleStream xs() {
            return low.xs();
        }

        @Override
        public DoubleStream ys() {
            return DoubleStream.concat(low.ys(), high.ys());
        }
    }

    /**
     * Bars between two sides of the x axis.
     *
     * @param ground the end of a bar that is not its height; NaN on a logarithmic axis, for the lower end of the axis
     */
    record Columns(
            double[] left, double[] right, double[] heights, double ground, List<String> names, Look look, int total)
            implements Marks {
        @Override
        public int leftOut() {
            return (int) Arrays.stream(heights).filter(Double::isNaN).count();
        }

        @Override
        public DoubleStream xs() {
            return DoubleStream.concat(Arrays.stream(left), Arrays.stream(right));
        }

        @Override
        public DoubleStream ys() {
            return DoubleStream.concat(DoubleStream.of(ground), Arrays.stream(heights));
        }
    }

    /** Lines across the whole plot. */
    record Rules(boolean upright, double[] at, Look look, int total) implements Marks {
        @Override
        public int leftOut() {
            return total - at.length;
        }

        @Override
        public DoubleStream xs() {
            return upright ? Arrays.stream(at) : DoubleStream.empty();
        }

        @Override
        public DoubleStream ys() {
            return upright ? DoubleStream.empty() : Arrays.stream(at);
        }
    }

    /** Words at a point; the point is NaN if an axis cannot show it. */
    record Words(double x, double y, String text, Look look) implements Marks {
        @Override
        public int total() {
            return 1;
        }

        @Override
        public int leftOut() {
            return Double.isNaN(x + y) ? 1 : 0;
        }

        @Override
        public DoubleStream xs() {
            return DoubleStream.of(x);
        }

        @Override
        public DoubleStream ys() {
            return DoubleStream.of(y);
        }
    }

    /** Cells that fill a rectangle. */
    record Cells(Layer.Cells layer, Look look) implements Marks {
        @Override
        public int total() {
            return layer.pixels().rgb().length;
        }

        @Override
        public int leftOut() {
            return 0;
        }

        Pixels pixels() {
            return layer.pixels();
        }

        /** True for a picture without axes. */
        boolean bare() {
            return layer.bare();
        }

        @Override
        public DoubleStream xs() {
            return DoubleStream.of(layer.extent().left(), layer.extent().right());
        }

        @Override
        public DoubleStream ys() {
            return DoubleStream.of(layer.extent().bottom(), layer.extent().top());
        }
    }

    record Contours(List<Contour> lines, ContourLevels levels, Look look) implements Marks {
        @Override
        public int total() {
            return lines.size();
        }

        @Override
        public int leftOut() {
            return 0;
        }

        @Override
        public DoubleStream xs() {
            return lines.stream().flatMapToDouble(line -> Arrays.stream(line.x()));
        }

        @Override
        public DoubleStream ys() {
            return lines.stream().flatMapToDouble(line -> Arrays.stream(line.y()));
        }
    }

    /** Arrows from tails to tips, without NaN; {@code elements} has the index in the layer of each arrow. */
    record Arrows(double[] x, double[] y, double[] toX, double[] toY, int[] elements, Look look, int total)
            implements Marks {
        @Override
        public int leftOut() {
            return total - x.length;
        }

        @Override
        public DoubleStream xs() {
            return DoubleStream.concat(Arrays.stream(x), Arrays.stream(toX));
        }

        @Override
        public DoubleStream ys() {
            return DoubleStream.concat(Arrays.stream(y), Arrays.stream(toY));
        }
    }

    /**
     * @param heights the height of each bin, NaN if a logarithmic axis cannot show the height; empty for an empty
     *     histogram
     */
    record Steps(Bins bins, double[] heights, Look look, int total, int leftOut) implements Marks {
        @Override
        public DoubleStream xs() {
            return DoubleStream.of(bins.range().low(), bins.range().high());
        }

        @Override
        public DoubleStream ys() {
            return Arrays.stream(heights);
        }
    }
}
