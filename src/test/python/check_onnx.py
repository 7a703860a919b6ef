"""Checks the ONNX files in the given folder, and infers the shapes of all values against those in the files.

Prints one line for each: the name, the version of the operators and the version of the format.
"""

import sys
from pathlib import Path

import onnx

for file in sorted(Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(str(file))
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    print(f"{file.name}: opset {model.opset_import[0].version}, IR {model.ir_version}")
