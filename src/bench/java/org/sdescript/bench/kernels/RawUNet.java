package org.sdescript.bench.kernels;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sdescript.torchscript.Archive;

/** The network of {@link UNetScript} and its steps as TorchScript written by hand: parameters p, draws included, channels last. */
final class RawUNet {
    private static final int BASE = 64;

    private static final String STEPS = """
              def forward(self: __torch__.Kernel, p: List[Tensor], x: List[Tensor], c: List[float]) -> List[Tensor]:
                x0, f, = x
                ts = torch.full([torch.size(x0, 0)], c[0], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                return [self.net(p, x0, ts, f)]
              def sample(self: __torch__.Kernel, p: List[Tensor], x: List[Tensor], c: List[float]) -> List[Tensor]:
                x0, f, = x
                t, std, step, root, = c
                ts = torch.full([torch.size(x0, 0)], t, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                noise = self.net(p, x0, ts, f)
                mean = torch.add(torch.mul(x0, torch.sub(2., root)), torch.div(noise, std), alpha=torch.neg(step))
                return [torch.add(mean, torch.randn_like(x0), alpha=torch.sqrt(step))]
              def train(self: __torch__.Kernel, p: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor], x: List[Tensor], n: List[int]) -> List[Tensor]:
                data, f, = x
                b, = n
                torch.set_grad_enabled(True)
                rows = torch.randint(torch.size(data, 0), [b], dtype=4, layout=None, device=torch.device("cpu"), pin_memory=False)
                x0 = torch.index_select(data, 0, rows)
                t = torch.rand([b], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                e = torch.view(torch.add(torch.mul(t, 0.1), torch.mul(torch.square(t), 9.95)), [b, 1, 1, 1])
                z = torch.randn_like(x0)
                xt = torch.add(torch.mul(x0, torch.exp(torch.mul(e, -0.5))), torch.mul(z, torch.sqrt(torch.neg(torch.expm1(torch.neg(e))))))
                loss = torch.mean(torch.square(torch.sub(self.net(p, xt, t, f), z)))
                q = torch.autograd.grad([loss], p)
                torch.set_grad_enabled(False)
                g = annotate(List[Tensor], [])
                for i in range(torch.len(q)):
                  _0 = torch.append(g, unchecked_cast(Tensor, q[i]))
                torch._foreach_add_(s, 1)
                torch._fused_adam_(p, g, m, v, annotate(List[Tensor], []), s, lr=0.001, beta1=0.9, beta2=0.999, weight_decay=0., eps=1.0e-08, amsgrad=False, maximize=False)
                return [torch.detach(loss)]
            """;

    /** Writes the network's method, a line a layer, and takes down what parameters it needs. */
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

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
    private final int batch;
    private final long module;
    private final long parameters;
    private final long mean;
    private final long variance;
    private final long steps;
    private final PtNDArray frequencies;
    private final PtNDArray data;

    RawUNet(int batch) {
        this.batch = batch;
        JniUtils.setGradMode(false);
        JniUtils.setGraphExecutorOptimize(false);
        Writer writer = new Writer();
        String network = writer.network();
        try (ByteArrayInputStream archive = new ByteArrayInputStream(Archive.of(network + STEPS))) {
            module = JniUtils.loadModuleHandle(archive, Device.cpu(), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parameters = list(writer, true);
        mean = list(writer, false);
        variance = list(writer, false);
        steps = ScriptCalls.tensors(writer.shapes.stream()
                .mapToLong(shape -> ((PtNDArray) manager.create(0f).duplicate()).getHandle())
                .toArray());
        frequencies = (PtNDArray) manager.arange(0f, BASE / 2, 1f).mul(0.1f).duplicate();
        data = (PtNDArray) manager.randomNormal(new Shape(UNetScript.SAMPLES, 1, 32, 32));
    }

    private long list(Writer writer, boolean random) {
        return ScriptCalls.tensors(writer.shapes.stream()
                .mapToLong(shape -> tensor(shape, random).getHandle())
                .toArray());
    }

    private PtNDArray tensor(long[] shape, boolean random) {
        Shape size = new Shape(shape);
        if (!random) {
            return (PtNDArray) manager.zeros(size).duplicate();
        }
        double width = 1 / Math.sqrt(Math.max(1, Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b)));
        PtNDArray leaf =
                (PtNDArray) manager.randomNormal(size).mul((float) width).duplicate();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    void forward(int times) {
        PtNDArray x = (PtNDArray) manager.randomNormal(new Shape(batch, 1, 32, 32));
        for (int i = 0; i < times; i++) {
            run("forward", x, 0.5).close();
        }
        x.close();
    }

    void sample(int times) {
        PtNDArray x = (PtNDArray) manager.randomNormal(new Shape(batch, 1, 32, 32));
        for (int i = 0; i < times; i++) {
            double t = 1 - 0.9 * i / times;
            double variance = -Math.expm1(-(0.1 * t + 9.95 * t * t));
            double step = (0.1 + 19.9 * t) * 1e-3;
            PtNDArray next = run("sample", x, t, Math.sqrt(variance), step, Math.sqrt(1 - step));
            x.close();
            x = next;
        }
        x.close();
    }

    private PtNDArray run(String method, PtNDArray x, double... numbers) {
        long given = ScriptCalls.tensors(x.getHandle(), frequencies.getHandle());
        long list = ScriptCalls.numbers(numbers);
        try {
            return new PtNDArray((PtNDManager) manager, ScriptCalls.run(module, method, parameters, given, list)[0]);
        } finally {
            ScriptCalls.delete(given);
            ScriptCalls.delete(list);
        }
    }

    void train(int times) {
        long given = ScriptCalls.tensors(data.getHandle(), frequencies.getHandle());
        long size = ScriptCalls.integers(batch);
        for (int i = 0; i < times; i++) {
            long loss = ScriptCalls.run(module, "train", parameters, mean, variance, steps, given, size)[0];
            try (PtNDArray value = new PtNDArray((PtNDManager) manager, loss)) {
                value.getFloat();
            }
        }
        JniUtils.setGradMode(false);
        ScriptCalls.delete(given);
        ScriptCalls.delete(size);
    }
}
