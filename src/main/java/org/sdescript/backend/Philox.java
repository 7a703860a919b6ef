package org.sdescript.backend;

/**
 * The counter-based generator Philox4x32-10: 128 random bits as a function of a 128-bit counter and a 64-bit key.
 * Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011). Many counters pass through a round
 * together, because the rounds of a single counter depend on each other.
 */
final class Philox {
    static final int LANES = 128;

    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long WORD = 0xFFFFFFFFL;

    /** The four words of each lane: counters before, random bits after. */
    private final long[] c0 = new long[LANES];

    private final long[] c1 = new long[LANES];
    private final long[] c2 = new long[LANES];
    private final long[] c3 = new long[LANES];

    void counter(int lane, long low, long high) {
        c0[lane] = low & WORD;
        c1[lane] = low >>> 32;
        c2[lane] = high & WORD;
        c3[lane] = high >>> 32;
    }

    /** Turns the counters of the first lanes into random bits. */
    void encrypt(int lanes, long key) {
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            round(lanes, k0 & WORD, k1 & WORD);
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
    }

    /** The first 64 bits of a lane. */
    long low(int lane) {
        return c0[lane] | c1[lane] << 32;
    }

    /** The other 64 bits of a lane. */
    long high(int lane) {
        return c2[lane] | c3[lane] << 32;
    }

    private void round(int lanes, long k0, long k1) {
        for (int i = 0; i < lanes; i++) {
            long p0 = MULTIPLIER_0 * c0[i];
            long p1 = MULTIPLIER_1 * c2[i];
            c0[i] = (p1 >>> 32) ^ c1[i] ^ k0;
            c1[i] = p1 & WORD;
            c2[i] = (p0 >>> 32) ^ c3[i] ^ k1;
            c3[i] = p0 & WORD;
        }
    }
}
