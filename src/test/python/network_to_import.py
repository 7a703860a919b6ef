"""Saves networks as Python users do, with their outputs for some samples, into the given folder."""

import sys
from pathlib import Path

import numpy
import torch


class Net(torch.nn.Module):
    def __init__(self, labels: int = 0):
        super().__init__()
        self.first = torch.nn.Linear(3, 16)
        self.last = torch.nn.Linear(16, 2)

    def forward(self, x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        h = torch.cat([x, t[:, None]], dim=1)
        return self.last(torch.tanh(self.first(h)))


if __name__ == "__main__":
    torch.manual_seed(0)
    folder = Path(sys.argv[1])
    net = Net()
    x, t = torch.randn(5, 2), torch.full((5,), 0.3)
    torch.jit.script(net).save(str(folder / "scripted.pt"))
    torch.jit.trace(net, (x, t)).save(str(folder / "traced.pt"))
    torch.save(net.state_dict(), str(folder / "parameters.pt"))
    x.requires_grad_(True)
    y = net(x, t)
    y.square().sum().backward()
    numpy.savetxt(folder / "x.csv", x.detach().numpy(), delimiter=",")
    numpy.savetxt(folder / "y.csv", y.detach().numpy(), delimiter=",")
    numpy.savetxt(folder / "gradient.csv", x.grad.numpy(), delimiter=",")
