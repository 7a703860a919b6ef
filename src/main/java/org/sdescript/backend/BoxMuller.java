package org.sdescript.backend;

/**
 * Two independent standard normal numbers from 128 random bits (Box and Muller 1958). Logarithm, sine and cosine are
 * polynomials in plain IEEE arithmetic, so that every JVM gives the same bits. They have no branches, because random
 * arguments would be mispredicted: {@link StrictMath} needs more than twice the time. Coefficients are those of Sun's
 * fdlibm (e_log.c, k_sin.c, k_cos.c).
 */
final class BoxMuller {
    private static final double UNIT = 0x1p-53;
    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;
    private static final long MANTISSA = 0x000FFFFFFFFFFFFFL;
    /** Mantissas are reduced to [√½, √2), so that the logarithm of a number near 1 does not cancel. */
    private static final long SQRT_HALF = 0x3FE6A09E667F3BCDL;

    private BoxMuller() {}

    /**
     * Turns random bits into normal numbers, lane by lane. Short loops allow the processor to work on many lanes at
     * once.
     */
    static void transform(Philox bits, int lanes, double[] first, double[] second) {
        for (int lane = 0; lane < lanes; lane++) {
            first[lane] = Math.sqrt(-2 * log(((bits.low(lane) >>> 11) + 1) * UNIT));
        }
        for (int lane = 0; lane < lanes; lane++) {
            turn(first[lane], bits.high(lane), lane, first, second);
        }
    }

    /**
     * Splits an angle into a remainder within an eighth of a turn and a quadrant: odd quadrants swap cosine and sine,
     * and the quadrant gives the signs.
     */
    private static void turn(double radius, long bits, int lane, double[] first, double[] second) {
        double angle = ((bits << 2 >>> 11) * UNIT - 0.5) * (Math.PI / 2);
        long quadrant = bits >>> 62;
        long c = Double.doubleToRawLongBits(cos(angle));
        long s = Double.doubleToRawLongBits(sin(angle));
        long swap = (c ^ s) & -(quadrant & 1);
        first[lane] = radius * Double.longBitsToDouble(c ^ swap ^ (quadrant ^ quadrant >>> 1) << 63);
        second[lane] = radius * Double.longBitsToDouble(s ^ swap ^ quadrant >>> 1 << 63);
    }

    /** Natural logarithm of a positive normal number. */
    static double log(double x) {
        long shifted = Double.doubleToRawLongBits(x) - SQRT_HALF;
        long k = shifted >> 52;
        double f = Double.longBitsToDouble((shifted & MANTISSA) + SQRT_HALF) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double odd = 2.222219843214978396e-01 + w * 1.531383769920937332e-01;
        odd = w * (3.999999999940941908e-01 + w * odd);
        double even = 1.818357216161805012e-01 + w * 1.479819860511658591e-01;
        even = 2.857142874366239149e-01 + w * even;
        even = z * (6.666666666666735130e-01 + w * even);
        double half = 0.5 * f * f;
        return k * LN2_HIGH - ((half - (s * (half + odd + even) + k * LN2_LOW)) - f);
    }

    /** Sine of at most an eighth of a turn. */
    static double sin(double x) {
        double z = x * x;
        double sum = -2.50507602534068634195e-08 + z * 1.58969099521155010221e-10;
        sum = 2.75573137070700676789e-06 + z * sum;
        sum = -1.98412698298579493134e-04 + z * sum;
        sum = 8.33333333332248946124e-03 + z * sum;
        return x + z * x * (-1.66666666666666324348e-01 + z * sum);
    }

    /** Cosine of at most an eighth of a turn. */
    static double cos(double x) {
        double z = x * x;
        double sum = 2.08757232129817482790e-09 + z * -1.13596475577881948265e-11;
        sum = -2.75573143513906633035e-07 + z * sum;
        sum = 2.48015872894767294178e-05 + z * sum;
        sum = -1.38888888888741095749e-03 + z * sum;
        sum = 4.16666666666666019037e-02 + z * sum;
        return 1 - (0.5 * z - z * z * sum);
    }
}
