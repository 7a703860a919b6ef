/**
 * Graphs as ONNX models: the operators, the symbolic batch, and the file that ONNX Runtime loads. The package depends
 * on no library; Protocol Buffers are written by {@link ProtoMessage}. Start with {@link OnnxModel}.
 */
@NullMarked
package org.sdescript.onnx;

import org.jspecify.annotations.NullMarked;
