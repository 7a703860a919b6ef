/**
 * Graphs as TorchScript: the text of a module's methods, and the archive that the PyTorch engine loads. Knows nothing of the engine
 * itself.
 */
package org.sdescript.torchscript;
