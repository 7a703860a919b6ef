package org.sdescript.torchscript;

/**
 * What a script is written for.
 *
 * @param device in PyTorch's words, {@code cpu} or {@code cuda:0}
 * @param bfloat16 whether the products of layers in float32 are of numbers rounded to bfloat16
 */
public record Target(String device, boolean bfloat16) {
    public static final Target CPU = new Target("cpu", false);

    boolean isCpu() {
        return device.equals("cpu");
    }
}
