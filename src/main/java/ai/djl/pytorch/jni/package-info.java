/** A package of DJL, extended by calls of its PyTorch engine that are visible only here. */
package ai.djl.pytorch.jni;
