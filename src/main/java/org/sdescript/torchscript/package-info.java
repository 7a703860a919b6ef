/**
 * Graphs as TorchScript: the text of a module's methods, and the archive that the PyTorch engine loads. The package
 * does not depend on the engine.
 */
package org.sdescript.torchscript;
