package org.sdescript.torchscript;

/**
 * What a script is written for.
 *
 * @param device in PyTorch's words, {@code cpu} or {@code cuda:0}
 * @param bfloat16 whether the products of layers in float32 are of numbers rounded to bfloat16
 * @param portable whether other versions of PyTorch, from 1.13 on, are to read it, on any device
 */
public record Target(String device, boolean bfloat16, boolean portable) {
    public static final Target CPU = new Target("cpu", false);
    static final Target ANYWHERE = new Target("cpu", false, true);

    public Target(String device, boolean bfloat16) {
        this(device, bfloat16, false);
    }

    boolean isCpu() {
        return device.equals("cpu");
    }

    /** Where tensors are made: of a portable script, where its first argument is. */
    String deviceExpression() {
        return portable ? "ops.prim.device(x)" : "torch.device(\"" + device + "\")";
    }
}
