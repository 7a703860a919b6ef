package org.sdescript.bench.kernels;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
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
import java.util.List;
import org.sdescript.torchscript.Archive;

/**
 * The perceptron's whole steps as TorchScript written by hand, draws included. The training step is that of the script: times one in
 * each of n equal parts, and nothing is changed where loss or gradient is not finite.
 */
final class RawScript {
    private static final String NETWORK = """
              def net(self: __torch__.Kernel, p: List[Tensor], x: Tensor, t: Tensor, f: Tensor) -> Tensor:
                a = torch.mul(torch.unsqueeze(t, 1), f)
                w = torch.cat([torch.sin(a), torch.cos(a)], 1)
                e = torch.linear(torch.silu(torch.linear(w, p[0], p[1])), p[2], p[3])
                h = torch.linear(x, p[4], p[5])
                h1 = torch.add(h, torch.linear(torch.silu(torch.add(h, e)), p[6], p[7]))
                h2 = torch.add(h1, torch.linear(torch.silu(torch.add(h1, e)), p[8], p[9]))
                h3 = torch.add(h2, torch.linear(torch.silu(torch.add(h2, e)), p[10], p[11]))
                h4 = torch.add(h3, torch.linear(torch.silu(torch.add(h3, e)), p[12], p[13]))
                return torch.linear(torch.silu(h4), p[14], p[15])
              def sample(self: __torch__.Kernel, p: List[Tensor], x: List[Tensor], c: List[float]) -> List[Tensor]:
                x0, f, = x
                t, std, step, root, = c
                n = torch.size(x0, 0)
                ts = torch.full([n], t, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                noise = self.net(p, x0, ts, f)
                mean = torch.add(torch.mul(x0, torch.sub(2., root)), torch.div(noise, std), alpha=torch.neg(step))
                z = torch.randn([n, 2], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                return [torch.add(mean, z, alpha=torch.sqrt(step))]
              def divergence(self: __torch__.Kernel, p: List[Tensor], x: List[Tensor]) -> List[Tensor]:
                given, f, = x
                torch.set_grad_enabled(True)
                x0 = torch.requires_grad_(torch.detach(given), True)
                n = torch.size(x0, 0)
                ts = torch.full([n], 0.5, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
                v = torch.sign(torch.randn([n, 2], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False))
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
                e = torch.unsqueeze(torch.add(torch.mul(t, 0.1), torch.mul(torch.square(t), 9.95)), 1)
                z = torch.randn([b, 2], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
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
    private final long module;
    private final int batch;
    private final long parameters;
    private final long mean;
    private final long variance;
    private final long steps;
    private final PtNDArray frequencies;
    private final PtNDArray data;
    private final PtNDArray places;

    RawScript(int batch) {
        this.batch = batch;
        JniUtils.setGradMode(false);
        JniUtils.setGraphExecutorOptimize(false);
        try (ByteArrayInputStream archive = new ByteArrayInputStream(Archive.of(NETWORK))) {
            module = JniUtils.loadModuleHandle(archive, Device.cpu(), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int[][] shapes = {{128, 64}, {128, 128}, {128, 2}, {128, 128}, {128, 128}, {128, 128}, {128, 128}, {2, 128}};
        List<PtNDArray> all = new ArrayList<>();
        for (int[] shape : shapes) {
            all.add(leaf(manager.randomNormal(new Shape(shape[0], shape[1])).mul(0.05f)));
            all.add(leaf(manager.zeros(new Shape(shape[0]))));
        }
        parameters = list(all);
        mean = list(zeros(all));
        variance = list(zeros(all));
        steps = list(all.stream()
                .map(p -> (PtNDArray) manager.create(0f).duplicate())
                .toList());
        frequencies = (PtNDArray) manager.arange(0f, 32f, 1f).mul(0.3f).duplicate();
        data = (PtNDArray) manager.randomNormal(new Shape(20_000, 2));
        places = (PtNDArray) manager.arange(0f, batch, 1f).duplicate();
    }

    private static PtNDArray leaf(NDArray values) {
        PtNDArray copy = (PtNDArray) values.duplicate();
        copy.setRequiresGradient(true);
        return copy;
    }

    private List<PtNDArray> zeros(List<PtNDArray> all) {
        return all.stream()
                .map(p -> (PtNDArray) manager.zeros(p.getShape()).duplicate())
                .toList();
    }

    private static long list(List<PtNDArray> arrays) {
        return ScriptCalls.tensors(
                arrays.stream().mapToLong(PtNDArray::getHandle).toArray());
    }

    void sample(int times) {
        PtNDArray x = (PtNDArray) manager.randomNormal(new Shape(batch, 2));
        for (int i = 0; i < times; i++) {
            double t = 1 - 0.9 * i / times;
            double variance = -Math.expm1(-(0.1 * t + 9.95 * t * t));
            double step = (0.1 + 19.9 * t) * 1e-3;
            long given = ScriptCalls.tensors(x.getHandle(), frequencies.getHandle());
            long numbers = ScriptCalls.numbers(t, Math.sqrt(variance), step, Math.sqrt(1 - step));
            PtNDArray next = new PtNDArray(
                    (PtNDManager) manager, ScriptCalls.run(module, "sample", parameters, given, numbers)[0]);
            ScriptCalls.delete(given);
            ScriptCalls.delete(numbers);
            x.close();
            x = next;
        }
        x.close();
    }

    void divergence(int times) {
        PtNDArray x = (PtNDArray) manager.randomNormal(new Shape(batch, 2));
        long given = ScriptCalls.tensors(x.getHandle(), frequencies.getHandle());
        for (int i = 0; i < times; i++) {
            new PtNDArray((PtNDManager) manager, ScriptCalls.run(module, "divergence", parameters, given)[0]).close();
        }
        JniUtils.setGradMode(false);
        ScriptCalls.delete(given);
        x.close();
    }

    void train(int times) {
        long given = ScriptCalls.tensors(data.getHandle(), frequencies.getHandle(), places.getHandle());
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
