package org.sdescript.plot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.interrupt.StopRequest;

/**
 * A contour line of heights on a lattice (marching squares, Lorensen and Cline 1987).
 *
 * @param level the index of the level, from 0
 */
record Contour(int level, double[] x, double[] y) {

    /** The place where a contour crosses an edge of the lattice; the number of the edge tells crossings apart. */
    private record Crossing(long edge, double x, double y) {}

    /** The part of a contour in one cell. */
    private record Piece(Crossing from, Crossing to) {
        Crossing opposite(long edge) {
            return from.edge == edge ? to : from;
        }
    }

    /** Heights at the points of a lattice, row-major, with a row for each y in ascending order. */
    private record Heights(double[] heights, double[] x, double[] y) {
        double at(int row, int column) {
            return heights[row * x.length + column];
        }

        /** Returns the crossing on the edge to the right of a point, or above it; with edge -1 if there is none. */
        private Crossing crossing(int row, int column, boolean upward, double level) {
            double from = at(row, column) - level;
            double to = (upward ? at(row + 1, column) : at(row, column + 1)) - level;
            if (from < 0 == to < 0 || !Double.isFinite(from) || !Double.isFinite(to)) {
                return new Crossing(-1, 0, 0);
            }
            double part = from / (from - to);
            long edge = 2L * (row * (long) x.length + column) + (upward ? 1 : 0);
            return upward
                    ? new Crossing(edge, x[column], y[row] + part * (y[row + 1] - y[row]))
                    : new Crossing(edge, x[column] + part * (x[column + 1] - x[column]), y[row]);
        }

        /**
         * Returns the pieces in one cell. Crossings are found side by side; of four crossings, the first two form a
         * piece and the last two another.
         */
        List<Piece> pieces(int row, int column, double level) {
            List<Crossing> crossings = new ArrayList<>();
            for (Crossing each : List.of(
                    crossing(row, column, false, level),
                    crossing(row, column + 1, true, level),
                    crossing(row + 1, column, false, level),
                    crossing(row, column, true, level))) {
                if (each.edge >= 0) {
                    crossings.add(each);
                }
            }
            List<Piece> pieces = new ArrayList<>();
            for (int k = 0; k + 1 < crossings.size(); k += 2) {
                pieces.add(new Piece(crossings.get(k), crossings.get(k + 1)));
            }
            return pieces;
        }
    }

    /**
     * @param heights row-major, with a row for each y in ascending order
     * @return the lines of all levels
     */
    static List<Contour> of(double[] heights, double[] x, double[] y, double[] levels) {
        Heights lattice = new Heights(heights, x, y);
        List<Contour> lines = new ArrayList<>();
        for (int level = 0; level < levels.length; level++) {
            List<Piece> pieces = new ArrayList<>();
            for (int i = 0; i + 1 < y.length; i++) {
                StopRequest.poll();
                for (int j = 0; j + 1 < x.length; j++) {
                    pieces.addAll(lattice.pieces(i, j, levels[level]));
                }
            }
            lines.addAll(joined(pieces, level));
        }
        return lines;
    }

    /** Joins pieces that meet on an edge. */
    private static List<Contour> joined(List<Piece> pieces, int level) {
        Map<Long, Deque<Piece>> open = new HashMap<>();
        for (Piece piece : pieces) {
            pieces(piece.from.edge, open).add(piece);
            pieces(piece.to.edge, open).add(piece);
        }
        List<Contour> lines = new ArrayList<>();
        for (Piece piece : pieces) {
            if (pieces(piece.from.edge, open).contains(piece)) {
                remove(piece, open);
                Deque<Crossing> line = new ArrayDeque<>(List.of(piece.from, piece.to));
                for (@Nullable Crossing next = next(line.getLast(), open); next != null; next = next(next, open)) {
                    line.addLast(next);
                }
                for (@Nullable Crossing next = next(line.getFirst(), open); next != null; next = next(next, open)) {
                    line.addFirst(next);
                }
                lines.add(new Contour(
                        level,
                        line.stream().mapToDouble(Crossing::x).toArray(),
                        line.stream().mapToDouble(Crossing::y).toArray()));
            }
        }
        return lines;
    }

    /** Takes the piece that continues a line, and returns its other end; null at the end of the line. */
    private static @Nullable Crossing next(Crossing end, Map<Long, Deque<Piece>> open) {
        StopRequest.poll();
        @Nullable Piece piece = pieces(end.edge, open).peek();
        if (piece == null) {
            return null;
        }
        remove(piece, open);
        return piece.opposite(end.edge);
    }

    private static Deque<Piece> pieces(long edge, Map<Long, Deque<Piece>> open) {
        return open.computeIfAbsent(edge, its -> new ArrayDeque<>());
    }

    private static void remove(Piece piece, Map<Long, Deque<Piece>> open) {
        pieces(piece.from.edge, open).remove(piece);
        pieces(piece.to.edge, open).remove(piece);
    }
}
