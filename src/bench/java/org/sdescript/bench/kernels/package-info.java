/** The same work in a script, by hand on DJL, as raw TorchScript and in Python. */
package org.sdescript.bench.kernels;
