"""Prints the arrays of a.npz in a folder, each with its name, type and shape."""

import sys

import numpy

with numpy.load(sys.argv[1] + "/a.npz") as arrays:
    for name in arrays:
        print(name, arrays[name].dtype, arrays[name].shape, arrays[name].tolist())
