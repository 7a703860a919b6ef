package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numbers beside colours, with as few digits as tell them apart. */
final class NumberLabels {
    private static final int MOST_DIGITS = 6;

    private NumberLabels() {}

    static List<String> of(double[] numbers) {
        for (int digits = 2; digits < MOST_DIGITS; digits++) {
            List<String> labels = written(numbers, digits);
            if (labels.stream().distinct().count()
                    == Arrays.stream(numbers).distinct().count()) {
                return labels;
            }
        }
        return written(numbers, MOST_DIGITS);
    }

    private static List<String> written(double[] numbers, int digits) {
        return Arrays.stream(numbers)
                .mapToObj(number -> written(number, digits))
                .toList();
    }

    private static String written(double number, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "g", number);
        if (text.contains("e")) {
            String[] parts = text.split("e");
            return trimmed(parts[0]) + "×" + Ticks.power(Integer.parseInt(parts[1]));
        }
        return trimmed(text);
    }

    private static String trimmed(String number) {
        String text = number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
        return text.equals("-0") ? "0" : text.replace('-', '−');
    }
}
