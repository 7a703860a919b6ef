"""The work of KernelBenchmark in PyTorch: seconds per step by title, as JSON. Arguments: rounds, threads (0: PyTorch's default), clock (wall or cpu)."""

import json
import sys
import time

import torch

rounds, threads = int(sys.argv[1]), int(sys.argv[2])
now = time.process_time if sys.argv[3] == "cpu" else time.perf_counter
if threads:
    torch.set_num_threads(threads)


class Perceptron(torch.nn.Module):
    def __init__(self, hidden=128, depth=4, features=64):
        super().__init__()
        self.register_buffer("frequencies", 0.3 * torch.arange(features // 2))
        self.time1, self.time2 = torch.nn.Linear(features, hidden), torch.nn.Linear(hidden, hidden)
        self.first, self.last = torch.nn.Linear(2, hidden), torch.nn.Linear(hidden, 2)
        self.layers = torch.nn.ModuleList(torch.nn.Linear(hidden, hidden) for _ in range(depth))

    def forward(self, x, t):
        angles = t[:, None] * self.frequencies
        waves = torch.cat([angles.sin(), angles.cos()], 1)
        time = self.time2(torch.nn.functional.silu(self.time1(waves)))
        h = self.first(x)
        for layer in self.layers:
            h = h + layer(torch.nn.functional.silu(h + time))
        return self.last(torch.nn.functional.silu(h))


class Residual(torch.nn.Module):
    def __init__(self, given, channels, width=128):
        super().__init__()
        self.norm1, self.norm2 = torch.nn.GroupNorm(8, given), torch.nn.GroupNorm(8, channels)
        self.conv1 = torch.nn.Conv2d(given, channels, 3, padding=1)
        self.conv2 = torch.nn.Conv2d(channels, channels, 3, padding=1)
        self.shift = torch.nn.Linear(width, channels)
        self.skip = torch.nn.Identity() if given == channels else torch.nn.Conv2d(given, channels, 1)

    def forward(self, h, time):
        silu = torch.nn.functional.silu
        y = self.conv1(silu(self.norm1(h))) + self.shift(silu(time))[:, :, None, None]
        return self.conv2(silu(self.norm2(y))) + self.skip(h)


class UNet(torch.nn.Module):
    def __init__(self, base=64):
        super().__init__()
        self.register_buffer("frequencies", 0.1 * torch.arange(base // 2))
        self.time1, self.time2 = torch.nn.Linear(base, 2 * base), torch.nn.Linear(2 * base, 2 * base)
        self.first, self.last = torch.nn.Conv2d(1, base, 3, padding=1), torch.nn.Conv2d(base, 1, 3, padding=1)
        self.down1 = torch.nn.Conv2d(base, base, 3, stride=2, padding=1)
        self.down2 = torch.nn.Conv2d(2 * base, 2 * base, 3, stride=2, padding=1)
        self.block1, self.block2 = Residual(base, base), Residual(base, 2 * base)
        self.block3, self.block4 = Residual(2 * base, 2 * base), Residual(2 * base, 2 * base)
        self.up2, self.up1 = Residual(4 * base, 2 * base), Residual(3 * base, base)
        self.norm = torch.nn.GroupNorm(8, base)

    def forward(self, x, t):
        silu, twice = torch.nn.functional.silu, torch.nn.Upsample(scale_factor=2)
        angles = t[:, None] * self.frequencies
        time = self.time2(silu(self.time1(torch.cat([angles.sin(), angles.cos()], 1))))
        h1 = self.block1(self.first(x), time)
        h2 = self.block2(self.down1(h1), time)
        h3 = self.block4(self.block3(self.down2(h2), time), time)
        u2 = self.up2(torch.cat([twice(h3), h2], 1), time)
        u1 = self.up1(torch.cat([twice(u2), h1], 1), time)
        return self.last(silu(self.norm(u1)))


def exponent(t):
    return 0.1 * t + 9.95 * t * t


@torch.no_grad()
def sample(net, shape, times):
    x = torch.randn(shape)
    batch = len(x)
    for i in range(times):
        t = 1 - 0.9 * i / times
        std = (1 - torch.exp(torch.tensor(-exponent(t), dtype=torch.float64)).item()) ** 0.5
        step = (0.1 + 19.9 * t) * 1e-3
        score = -net(x, torch.full((batch,), t)) / std
        mean = (2 - (1 - step) ** 0.5) * x + step * score
        x = mean + step**0.5 * torch.randn_like(x)


@torch.no_grad()
def forward(net, shape, times):
    x, t = torch.randn(shape), torch.full((shape[0],), 0.5)
    for _ in range(times):
        net(x, t)


def divergence(net, shape, times):
    x, t = torch.randn(shape), torch.full((shape[0],), 0.5)
    for _ in range(times):
        at = x.detach().requires_grad_(True)
        probe = torch.sign(torch.randn(shape))
        slope, = torch.autograd.grad((net(at, t) * probe).sum(), at)
        (slope * probe).sum(1)


def train(net, optimizer, data, batch, times):
    for _ in range(times):
        x0 = data[torch.randint(len(data), (batch,))]
        t = torch.rand(batch)
        e = exponent(t).reshape([-1] + [1] * (x0.dim() - 1))
        noise = torch.randn_like(x0)
        x = torch.exp(-e / 2) * x0 + torch.sqrt(-torch.expm1(-e)) * noise
        loss = ((net(x, t) - noise) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()


def seconds(work, times):
    work(max(2, times // 4))
    measured = []
    for _ in range(rounds):
        start = now()
        work(times)
        measured.append((now() - start) / times)
    return measured


results = {}
data = torch.randn(20_000, 2)
for batch in (128, 1024):
    net = Perceptron()
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    results[f"perceptron, sampling step, batch {batch}"] = seconds(lambda k: sample(net, (batch, 2), k), 100)
    results[f"perceptron, divergence by one probe, batch {batch}"] = seconds(lambda k: divergence(net, (batch, 2), k), 100)
    results[f"perceptron, training step, batch {batch}"] = seconds(lambda k: train(net, optimizer, data, batch, k), 100)
data = torch.randn(256, 1, 32, 32)
for batch in (16, 64):
    net = UNet()
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    shape, few = (batch, 1, 32, 32), max(2, 96 // batch)
    results[f"U-Net, forward, batch {batch}"] = seconds(lambda k: forward(net, shape, k), few)
    results[f"U-Net, sampling step, batch {batch}"] = seconds(lambda k: sample(net, shape, k), few)
    results[f"U-Net, training step, batch {batch}"] = seconds(lambda k: train(net, optimizer, data, batch, k), few)
print(json.dumps(results))
