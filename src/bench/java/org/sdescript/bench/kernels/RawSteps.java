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
import java.util.List;
import org.sdescript.torchscript.Archive;

/**
 * Whole steps with a network as TorchScript written by hand, including draws. They match the script's steps: the times
 * of training lie one in each of n equal parts, and a step whose loss or gradient is not finite changes nothing.
 */
final class RawSteps {
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
              def divergence(self: __torch__.Kernel, p: List[Tensor], x: List[Tensor], c: List[float]) -> List[Tensor]:
                given, f, = x
                torch.set_grad_enabled(True)
                x0 = torch.requires_grad_(torch.detach(given), True)
                ts = torch.full([torch.size(x0, 0)], c[0], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                v = torch.sign(torch.randn_like(given))
                q, = torch.autograd.grad([torch.sum(torch.mul(self.net(p, x0, ts, f), v))], [x0])
                torch.set_grad_enabled(False)
                return [torch.sum(torch.mul(unchecked_cast(Tensor, q), v), [1])]
              def train(self: __torch__.Kernel, p: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor], x: List[Tensor], n: List[int]) -> List[Tensor]:
                data, f, places, = x
                b, = n
                torch.set_grad_enabled(True)
                rows = torch.randint(torch.size(data, 0), [b], dtype=4, layout=None, device=torch.device("cpu"), pin_memory=False)
                x0 = torch.index_select(data, 0, rows)
                u = torch.rand([b], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                t = torch.add(torch.mul(torch.div(torch.add(u, places), float(b)), 0.99999), 1.0e-05)
                e = torch.view(torch.add(torch.mul(t, 0.1), torch.mul(torch.square(t), 9.95)), COLUMN)
                z = torch.randn_like(x0)
                xt = torch.add(torch.mul(x0, torch.exp(torch.mul(e, -0.5))), torch.mul(z, torch.sqrt(torch.neg(torch.expm1(torch.neg(e))))))
                loss = torch.mean(torch.square(torch.sub(self.net(p, xt, t, f), z)))
                q = torch.autograd.grad([loss], p)
                torch.set_grad_enabled(False)
                g = annotate(List[Tensor], [])
                for i in range(torch.len(q)):
                  _0 = torch.append(g, unchecked_cast(Tensor, q[i]))
                torch._foreach_add_(s, 1)
                sure = torch.add(torch.norm(torch.stack(torch._foreach_norm(g))), loss)
                wrong = torch.to(torch.ne(torch.sub(sure, sure), 0), 6)
                torch._fused_adam_(p, g, m, v, annotate(List[Tensor], []), s, lr=0.001, beta1=0.9, beta2=0.999, weight_decay=0., eps=1.0e-08, amsgrad=False, maximize=False, grad_scale=None, found_inf=wrong)
                return [torch.detach(loss)]
            """;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
    private final Shape shape;
    private final long module;
    private final long parameters;
    private final long mean;
    private final long variance;
    private final long steps;
    private final PtNDArray frequencies;
    private final PtNDArray data;
    private final PtNDArray places;

    /**
     * @param network the method {@code net} of parameters p, x, t and frequencies f
     * @param shapes shapes of the parameters
     * @param shape shape of a batch
     * @param samples number of samples in the data
     * @param frequencies number of multiples of {@code spacing}, from 0
     */
    RawSteps(String network, List<long[]> shapes, Shape shape, int samples, int frequencies, double spacing) {
        this.shape = shape;
        JniUtils.setGradMode(false);
        JniUtils.setGraphExecutorOptimize(false);
        String text = network + STEPS.replace("COLUMN", "[b" + ", 1".repeat(shape.dimension() - 1) + "]");
        try (ByteArrayInputStream archive = new ByteArrayInputStream(Archive.of(text))) {
            module = JniUtils.loadModuleHandle(archive, Device.cpu(), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parameters = list(shapes, true);
        mean = list(shapes, false);
        variance = list(shapes, false);
        steps = ScriptCalls.tensors(shapes.stream()
                .mapToLong(each -> ((PtNDArray) manager.create(0f).duplicate()).getHandle())
                .toArray());
        this.frequencies = (PtNDArray)
                manager.arange(0f, frequencies, 1f).mul((float) spacing).duplicate();
        data = (PtNDArray) manager.randomNormal(new Shape(samples).addAll(shape.slice(1)));
        places = (PtNDArray) manager.arange(0f, shape.get(0), 1f).duplicate();
    }

    private long list(List<long[]> shapes, boolean random) {
        return ScriptCalls.tensors(shapes.stream()
                .mapToLong(each -> tensor(each, random).getHandle())
                .toArray());
    }

    private PtNDArray tensor(long[] sizes, boolean random) {
        Shape size = new Shape(sizes);
        if (!random) {
            return (PtNDArray) manager.zeros(size).duplicate();
        }
        PtNDArray leaf = (PtNDArray) manager.randomNormal(size).mul(0.05f).duplicate();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    void forward(int times) {
        repeat("forward", times);
    }

    void divergence(int times) {
        repeat("divergence", times);
        JniUtils.setGradMode(false);
    }

    private void repeat(String method, int times) {
        PtNDArray x = (PtNDArray) manager.randomNormal(shape);
        for (int i = 0; i < times; i++) {
            run(method, x, 0.5).close();
        }
        x.close();
    }

    void sample(int times) {
        PtNDArray x = (PtNDArray) manager.randomNormal(shape);
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
        long given = ScriptCalls.tensors(data.getHandle(), frequencies.getHandle(), places.getHandle());
        long size = ScriptCalls.integers(shape.get(0));
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
