"""The work of KernelBenchmark in PyTorch's own words: seconds a step by title, as JSON. Arguments: rounds, threads (0: as PyTorch likes)."""

import json
import sys
import time

import torch

rounds, threads = int(sys.argv[1]), int(sys.argv[2])
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


def exponent(t):
    return 0.1 * t + 9.95 * t * t


@torch.no_grad()
def sample(net, batch, times):
    x = torch.randn(batch, 2)
    for i in range(times):
        t = 1 - 0.9 * i / times
        std = (1 - torch.exp(torch.tensor(-exponent(t), dtype=torch.float64)).item()) ** 0.5
        step = (0.1 + 19.9 * t) * 1e-3
        score = -net(x, torch.full((batch,), t)) / std
        mean = (2 - (1 - step) ** 0.5) * x + step * score
        x = mean + step**0.5 * torch.randn_like(x)


def train(net, optimizer, data, batch, times):
    for _ in range(times):
        x0 = data[torch.randint(len(data), (batch,))]
        t = torch.rand(batch)
        e = exponent(t)[:, None]
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
        start = time.perf_counter()
        work(times)
        measured.append((time.perf_counter() - start) / times)
    return measured


results = {}
data = torch.randn(20_000, 2)
for batch in (128, 1024):
    net = Perceptron()
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    results[f"perceptron, sampling step, batch {batch}"] = seconds(lambda k: sample(net, batch, k), 100)
    results[f"perceptron, training step, batch {batch}"] = seconds(lambda k: train(net, optimizer, data, batch, k), 100)
print(json.dumps(results))
