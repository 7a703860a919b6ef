package org.sdescript.backend;

/**
 * Two independent standard normal numbers from 128 random bits (Box and Muller 1958). Logarithm, sine and cosine are
 * polynomials in plain IEEE arithmetic, so that every JVM gives the same bits; {@link Math} need not, and
 * {@link StrictMath} is three times slower. Coefficients are those of Sun's fdlibm (e_log.c, k_sin.c, k_cos.c).
 */
final class BoxMuller {
    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;
    private static final long MANTISSA = 0x000FFFFFFFFFFFFFL;
    /** Bits of √½: mantissas are taken from [√½, √2), so that the logarithm of numbers near 1 has no cancellation. */
    private static final long SQRT_HALF = 0x3FE6A09E667F3BCDL;

    private static final double QUARTER_TURN = Math.PI / 2;

    private BoxMuller() {}

    /** Overwrites two random words with two normal numbers. */
    static void transform(long radiusBits, long angleBits, double[] out, int at, boolean both) {
        double u = ((radiusBits >>> 11) + 1) * 0x1p-53;
        double radius = Math.sqrt(-2 * log(u));
        int quadrant = (int) (angleBits >>> 62);
        double angle = ((angleBits << 2 >>> 11) * 0x1p-53 - 0.5) * QUARTER_TURN;
        double c = cos(angle);
        double s = sin(angle);
        double x = (quadrant & 1) == 0 ? c : s;
        double y = (quadrant & 1) == 0 ? s : c;
        out[at] = radius * (quadrant == 1 || quadrant == 2 ? -x : x);
        if (both) {
            out[at + 1] = radius * (quadrant >= 2 ? -y : y);
        }
    }

    /** Natural logarithm of a positive normal number. */
    static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        long shifted = bits - SQRT_HALF;
        long k = shifted >> 52;
        double f = Double.longBitsToDouble((shifted & MANTISSA) + SQRT_HALF) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        double even = z
                * (6.666666666666735130e-01
                        + w
                                * (2.857142874366239149e-01
                                        + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        double half = 0.5 * f * f;
        return k * LN2_HIGH - ((half - (s * (half + odd + even) + k * LN2_LOW)) - f);
    }

    /** Sine of at most an eighth of a turn. */
    static double sin(double x) {
        double z = x * x;
        double tail = 8.33333333332248946124e-03
                + z
                        * (-1.98412698298579493134e-04
                                + z
                                        * (2.75573137070700676789e-06
                                                + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
        return x + z * x * (-1.66666666666666324348e-01 + z * tail);
    }

    /** Cosine of at most an eighth of a turn. */
    static double cos(double x) {
        double z = x * x;
        double tail = 4.16666666666666019037e-02
                + z
                        * (-1.38888888888741095749e-03
                                + z
                                        * (2.48015872894767294178e-05
                                                + z
                                                        * (-2.75573143513906633035e-07
                                                                + z
                                                                        * (2.08757232129817482790e-09
                                                                                + z * -1.13596475577881948265e-11))));
        return 1 - (0.5 * z - z * z * tail);
    }
}
