/**
 * A package of DJL, extended by calls of its PyTorch engine that are visible only here. Start with {@link ScriptCalls}.
 */
package ai.djl.pytorch.jni;
