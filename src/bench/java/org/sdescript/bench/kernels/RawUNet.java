package org.sdescript.bench.kernels;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** The network of {@link UNetScript} as TorchScript written by hand: parameters p, channels last. */
final class RawUNet {
    private static final int BASE = 64;

    private RawUNet() {}

    /** Writes the network's method, one line per layer, and records the shapes of its parameters. */
    private static final class Writer {
        private final StringBuilder text =
                new StringBuilder("  def net(self: __torch__.Kernel, p: List[Tensor], x: Tensor,"
                        + " t: Tensor, f: Tensor) -> Tensor:\n");
        private final List<long[]> shapes = new ArrayList<>();
        private int next;

        private String line(String expression) {
            String name = "v" + next++;
            text.append("    ").append(name).append(" = ").append(expression).append('\n');
            return name;
        }

        private String parameter(long... shape) {
            shapes.add(shape);
            return "p[" + (shapes.size() - 1) + "]";
        }

        private String dense(String h, int from, int to) {
            return line("torch.linear(" + h + ", " + parameter(to, from) + ", " + parameter(to) + ")");
        }

        private String conv(String h, int from, int to, int kernel, int stride) {
            return line("torch.conv2d(" + h + ", " + parameter(to, from, kernel, kernel) + ", " + parameter(to) + ", ["
                    + stride + ", " + stride + "], [" + kernel / 2 + ", " + kernel / 2 + "])");
        }

        private String norm(String h, int channels) {
            return line("torch.silu(torch.group_norm(" + h + ", 8, " + parameter(channels) + ", " + parameter(channels)
                    + "))");
        }

        private String block(String h, String time, int from, int to) {
            String y = conv(norm(h, from), from, to, 3, 1);
            String shift = dense("torch.silu(" + time + ")", 2 * BASE, to);
            y = line("torch.add(" + y + ", torch.view(" + shift + ", [torch.size(x, 0), " + to + ", 1, 1]))");
            y = conv(norm(y, to), to, to, 3, 1);
            return line("torch.add(" + y + ", " + (from == to ? h : conv(h, from, to, 1, 1)) + ")");
        }

        private String twice(String h, String beside) {
            return line("torch.cat([torch.upsample_nearest2d(" + h + ", None, [2., 2.]), " + beside + "], 1)");
        }

        String network() {
            String angles = line("torch.mul(torch.unsqueeze(t, 1), f)");
            String waves = line("torch.cat([torch.sin(" + angles + "), torch.cos(" + angles + ")], 1)");
            String time = dense("torch.silu(" + dense(waves, BASE, 2 * BASE) + ")", 2 * BASE, 2 * BASE);
            String h0 = conv("torch.contiguous(x, memory_format=2)", 1, BASE, 3, 1);
            String h1 = block(h0, time, BASE, BASE);
            String h2 = block(conv(h1, BASE, BASE, 3, 2), time, BASE, 2 * BASE);
            String h3 = block(conv(h2, 2 * BASE, 2 * BASE, 3, 2), time, 2 * BASE, 2 * BASE);
            h3 = block(h3, time, 2 * BASE, 2 * BASE);
            String u2 = block(twice(h3, h2), time, 4 * BASE, 2 * BASE);
            String u1 = block(twice(u2, h1), time, 3 * BASE, BASE);
            String noise = conv(norm(u1, BASE), BASE, 1, 3, 1);
            return text + "    return " + noise + "\n";
        }
    }

    static RawSteps of(int batch) {
        Writer writer = new Writer();
        String network = writer.network();
        Shape shape = new Shape(batch, 1, 32, 32);
        return new RawSteps(network, writer.shapes, shape, UNetScript.SAMPLES, BASE / 2, 0.1);
    }
}
