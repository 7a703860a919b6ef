package org.sdescript.backend;

/**
 * The counter-based generator Philox4x32-10: 128 random bits as a function of a 128-bit counter and a 64-bit key.
 * Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
 */
final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /** Words are 32 bits, the lower one first; the result's four words go into two longs likewise. */
    static void block(long counterLow, long counterHigh, long key, long[] out) {
        long c0 = counterLow & LOW;
        long c1 = counterLow >>> 32;
        long c2 = counterHigh & LOW;
        long c3 = counterHigh >>> 32;
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * c0;
            long p1 = MULTIPLIER_1 * c2;
            c0 = (p1 >>> 32) ^ c1 ^ (k0 & LOW);
            c1 = p1 & LOW;
            c2 = (p0 >>> 32) ^ c3 ^ (k1 & LOW);
            c3 = p0 & LOW;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0 | c1 << 32;
        out[1] = c2 | c3 << 32;
    }
}
