package org.sdescript.ast;

import java.util.regex.Pattern;

/** The spelling of differentials: {@code dt}, a noise such as {@code dw} or {@code dw_1}, and {@code dx} of a state. */
public final class Differentials {
    public static final String TIME = "dt";
    private static final Pattern NOISE = Pattern.compile("d[wW]([_\\p{Nd}₀-₉].*)?");

    private Differentials() {}

    /** True for a name that can be a differential: a d with a name behind it. */
    public static boolean isPossible(String name) {
        return name.startsWith("d") && name.length() > 1;
    }

    public static boolean isNoise(String name) {
        return NOISE.matcher(name).matches();
    }

    /** True for a name that is a differential wherever it stands in an equation. */
    public static boolean isCertain(String name) {
        return name.equals(TIME) || isNoise(name);
    }
}
