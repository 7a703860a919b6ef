package org.sdescript.bench.kernels;

/** A U-Net of about two million parameters for images 1 × 32 × 32, in the language. */
final class UNetScript {
    static final int SAMPLES = 256;

    static final String NETWORKS = """
            network block(h, time; channels) {
              y = conv2d(silu(group_norm(h)), channels)
              y = y + reshape(dense(silu(time), channels), [len(h), channels, 1, 1])
              y = conv2d(silu(group_norm(y)), channels)
              return y + (if h.shape[1] == channels then h else conv2d(h, channels, kernel = 1))
            }
            network unet(x, t; base = 64) {
              time = dense(silu(dense(sinusoidal(t, base), 2*base)), 2*base)
              h0 = conv2d(x, base)
              h1 = block(h0, time, channels = base)
              h2 = block(conv2d(h1, base, stride = 2), time, channels = 2*base)
              h3 = block(conv2d(h2, 2*base, stride = 2), time, channels = 2*base)
              h3 = block(h3, time, channels = 2*base)
              u2 = block(concat([upsample(h3, 2), h2], axis = 1), time, channels = 2*base)
              u1 = block(concat([upsample(u2, 2), h1], axis = 1), time, channels = base)
              return conv2d(silu(group_norm(u1)), x.shape[1])
            }
            p = VP()
            data = randn([%d, 1, 32, 32])
            """.formatted(SAMPLES);

    private UNetScript() {}

    /** A few steps of training, so that everything is compiled. */
    static String begin(int batch) {
        return NETWORKS + train(2, batch) + sample(2, batch) + "x = randn([" + batch + ", 1, 32, 32])\ny = s(x, 0.5)\n";
    }

    static String train(int steps, int batch) {
        return "s = train(unet(), data, p, steps = " + steps + ", batch = " + batch + ", ema = 0, clip = 0)\n";
    }

    static String sample(int steps, int batch) {
        return "z = sample(p, s, n = " + batch + ", seed = 1, using = pc(steps = " + steps + "))\n";
    }

    static String forward(int times) {
        return "repeat " + times + " { y = s(x, 0.5) }\n";
    }
}
