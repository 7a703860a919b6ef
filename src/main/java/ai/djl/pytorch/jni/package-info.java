/** Not ours but DJL's package: what its PyTorch engine can do and shows only here. */
package ai.djl.pytorch.jni;
