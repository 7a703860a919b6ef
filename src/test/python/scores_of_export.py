"""Prints the differences between the scores of an exported model and those computed by sde.

For each NAME.pt in the given folder, NAME.x.npy, NAME.t.npy and NAME.score.npy are the samples, the times and sde's
scores; NAME.label.npy, if it exists, has the labels. Prints one line for each: the name, the largest difference
relative to the largest score, and the names of the parameters.
"""

import sys
from pathlib import Path

import numpy
import torch


def difference(model: Path) -> str:
    def array(what: str) -> torch.Tensor:
        return torch.from_numpy(numpy.load(model.with_suffix(f".{what}.npy")))

    module = torch.jit.load(str(model))
    inputs = [array("x"), array("t")]
    if model.with_suffix(".label.npy").exists():
        inputs.append(array("label").long())
    expected = array("score")
    with torch.no_grad():
        score = module(*inputs)
    assert score.shape == expected.shape, (score.shape, expected.shape)
    assert score.dtype == expected.dtype, (score.dtype, expected.dtype)
    one = module(inputs[0][:1], inputs[1].reshape(-1)[:1].reshape([]), *[each[:1] for each in inputs[2:]])
    assert torch.allclose(one, expected[:1], rtol=1e-4, atol=1e-4), "one sample, one time"
    number = module(inputs[0][:1], float(inputs[1].reshape(-1)[0]), *[each[:1] for each in inputs[2:]])
    assert torch.allclose(number, expected[:1], rtol=1e-4, atol=1e-4), "the time is a number"
    x = inputs[0].clone().requires_grad_(True)
    module(x, *inputs[1:]).sum().backward()
    assert torch.isfinite(x.grad).all(), "its gradient"
    again = model.with_suffix(".again.ts")
    torch.jit.save(module, str(again))
    torch.jit.load(str(again))
    names = sorted(name for name, _ in module.named_parameters())
    return f"{model.stem} {float((score - expected).abs().max() / expected.abs().max()):.3g} {','.join(names)}"


if __name__ == "__main__":
    torch.set_num_threads(1)
    for each in sorted(Path(sys.argv[1]).glob("*.pt")):
        print(difference(each))
