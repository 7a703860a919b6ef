package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.sdescript.interrupt.StopRequest;

/**
 * Round numbers on an axis.
 *
 * @param places the positions in the axis's measure
 * @param fine positions between, without labels
 */
record Ticks(List<Double> places, List<String> labels, List<Double> fine) {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final String MINUS = "−";
    private static final char THIN_SPACE = '\u2009';

    static Ticks of(boolean log, AxisRange range, double wanted) {
        return log ? logarithmic(range, wanted) : linear(range, wanted);
    }

    /** Returns ticks with names, such as those of bars. */
    static Ticks named(List<Double> places, List<String> names) {
        return new Ticks(places, names, List.of());
    }

    /** Returns the ticks that lie in the range; rounding may place the last one slightly outside. */
    Ticks within(AxisRange range) {
        double slack = 1e-9 * range.length();
        List<Integer> kept = IntStream.range(0, places.size())
                .filter(k -> places.get(k) >= range.low() - slack && places.get(k) <= range.high() + slack)
                .boxed()
                .toList();
        return new Ticks(
                kept.stream().map(places::get).toList(),
                kept.stream().map(labels::get).toList(),
                fine);
    }

    /**
     * Returns ticks with the smallest step of 1, 2 or 5 times a power of ten that gives at most {@code wanted}
     * intervals.
     */
    static Ticks linear(AxisRange range, double wanted) {
        double step = roundStep(range.length() / wanted);
        List<Double> places = new ArrayList<>();
        for (long k = (long) Math.ceil(range.low() / step - 1e-9); k * step <= range.high() + 1e-9 * step; k++) {
            StopRequest.poll();
            places.add(k * step);
        }
        return new Ticks(places, labels(places, step), List.of());
    }

    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static List<String> labels(List<Double> places, double step) {
        double largest = places.stream().mapToDouble(Math::abs).max().orElse(0);
        int exponent = largest == 0 ? 0 : (int) Math.floor(Math.log10(largest) + 1e-12);
        int stepExponent = (int) Math.floor(Math.log10(step) + 1e-9);
        if (exponent >= 6 || exponent <= -4) {
            int digits = Math.max(0, exponent - stepExponent);
            return places.stream()
                    .map(place -> Math.abs(place) < step / 2
                            ? "0"
                            : plain(place / Math.pow(10, exponent), digits) + "×" + power(exponent))
                    .toList();
        }
        int digits = Math.max(0, -stepExponent);
        return places.stream().map(place -> plain(place, digits)).toList();
    }

    private static Ticks logarithmic(AxisRange range, double wanted) {
        int first = (int) Math.ceil(range.low() - 1e-9);
        int last = (int) Math.floor(range.high() + 1e-9);
        int decades = last - first;
        if (decades < 2) {
            return fewDecades(range, wanted);
        }
        int stride = (int) Math.ceil(decades / wanted);
        List<Double> places = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        boolean plain = first >= -3 && last <= 3;
        for (int decade = Math.ceilDiv(first, stride) * stride; decade <= last; decade += stride) {
            places.add((double) decade);
            labels.add(plain ? plain(Math.pow(10, decade), Math.max(0, -decade)) : power(decade));
        }
        return new Ticks(
                places, labels, decades <= 6 && stride == 1 ? multiples(range, 2, 3, 4, 5, 6, 7, 8, 9) : List.of());
    }

    /**
     * Returns ticks at 1, 2 and 5 times powers of ten for less than two decades, at 3 times, too, if fewer than four of
     * them fit; linear steps if these are still fewer.
     */
    private static Ticks fewDecades(AxisRange range, double wanted) {
        List<Double> places = multiples(range, 1, 2, 5);
        if (places.size() < 4) {
            places = multiples(range, 1, 2, 3, 5);
        }
        if (places.size() < 4) {
            return withinADecade(range, wanted);
        }
        boolean plain = places.getFirst() > -5 && places.getLast() < 6;
        List<String> labels =
                places.stream().map(place -> oneDigit(place, plain)).toList();
        List<Double> fine = multiples(range, 3, 4, 6, 7, 8, 9);
        fine.removeAll(places);
        return new Ticks(places, labels, fine);
    }

    /** Writes ten to the power of {@code place}, a number of one digit and zeros. */
    private static String oneDigit(double place, boolean plain) {
        int exponent = (int) Math.floor(place + 1e-9);
        return plain
                ? plain(Math.pow(10, place), Math.max(0, -exponent))
                : plain(Math.pow(10, place - exponent), 0) + "×" + power(exponent);
    }

    private static Ticks withinADecade(AxisRange range, double wanted) {
        Ticks ticks = linear(new AxisRange(Math.pow(10, range.low()), Math.pow(10, range.high())), wanted);
        List<Double> places = ticks.places.stream().map(Math::log10).toList();
        return new Ticks(places, ticks.labels, List.of());
    }

    /** Returns the positions of these multiples of powers of ten. */
    private static List<Double> multiples(AxisRange range, int... factors) {
        List<Double> places = new ArrayList<>();
        for (double decade = Math.floor(range.low()); decade <= range.high(); decade++) {
            for (int factor : factors) {
                double place = decade + Math.log10(factor);
                if (place >= range.low() && place <= range.high()) {
                    places.add(place);
                }
            }
        }
        return places;
    }

    private static String plain(double number, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", Math.abs(number));
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder grouped = new StringBuilder(text);
        for (int k = point - 3; point > 4 && k > 0; k -= 3) {
            grouped.insert(k, THIN_SPACE);
        }
        boolean negative = number < 0 && !text.matches("[0.]*");
        return negative ? MINUS + grouped : grouped.toString();
    }

    static String power(int exponent) {
        StringBuilder text = new StringBuilder("10").append(exponent < 0 ? "⁻" : "");
        String.valueOf(Math.abs(exponent)).chars().forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
        return text.toString();
    }
}
