/**
 * Graphs as TorchScript: the text of a module's methods, and the archive that the PyTorch engine loads. The package
 * does not depend on the engine. Start with {@link ScriptWriter}.
 */
@NullMarked
package org.sdescript.torchscript;

import org.jspecify.annotations.NullMarked;
