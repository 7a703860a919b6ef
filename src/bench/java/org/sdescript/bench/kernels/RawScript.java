package org.sdescript.bench.kernels;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** The perceptron as TorchScript written by hand. */
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
            """;

    private RawScript() {}

    static RawSteps of(int batch) {
        int[][] layers = {{128, 64}, {128, 128}, {128, 2}, {128, 128}, {128, 128}, {128, 128}, {128, 128}, {2, 128}};
        List<long[]> shapes = new ArrayList<>();
        for (int[] layer : layers) {
            shapes.add(new long[] {layer[0], layer[1]});
            shapes.add(new long[] {layer[0]});
        }
        return new RawSteps(NETWORK, shapes, new Shape(batch, 2), 20_000, 32, 0.3);
    }
}
