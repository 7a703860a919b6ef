"""Jupyter's own test of kernels, for the kernel sde.

Not set, because the language has nothing for them: `code_stderr` (scripts print to standard output only) and
`code_clear_output` (no script deletes its output).
"""

import sys
import unittest

import jupyter_kernel_test


class SdeKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "sde"
    language_name = "sde"
    file_extension = ".sde"
    code_hello_world = 'print("hello, world")'
    completion_samples = [
        {"text": "langevin_", "matches": {"langevin_dynamics"}},
        {"text": "%dum", "matches": {"dump"}},
        {"text": "VP().tr", "matches": set()},
    ]
    complete_code_samples = ["1 + 1", "x = 3", "fn f(x) {\n  return x\n}", "%names", "langevin?"]
    incomplete_code_samples = ["fn f(x) {", "x = [1,", "%time f(", "1 +"]
    invalid_code_samples = ["1 )", "x = = 3", "fn 3"]
    code_page_something = "langevin?"
    code_generate_error = "1 + nothing_of_this_name"
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": "[1, 2]", "result": "[1, 2]"},
        {"code": "reverse(VP())", "mime": "text/latex"},
        {"code": "[{a: 1}, {a: 2}]", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": "plot(line([1, 2, 4]))", "mime": "image/svg+xml"},
        {"code": "plot(line([1, 2, 4]))", "mime": "image/png"},
        {"code": 'animate([line([1, 2]), line([2, 1])], to = "a.gif")', "mime": "image/gif"},
        {"code": "help pc", "mime": "text/markdown"},
    ]
    code_history_pattern = "6?7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "langevin"


result = unittest.main(argv=["sde"], exit=False, verbosity=2).result
print("skipped", *sorted(test.id().split(".")[-1] for test, _ in result.skipped))
sys.exit(0 if result.wasSuccessful() else 1)
