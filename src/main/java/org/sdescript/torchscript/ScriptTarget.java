package org.sdescript.torchscript;

/**
 * The device and engine that a script is written for.
 *
 * @param device the device in PyTorch's terms, {@code cpu} or {@code cuda:0}
 * @param bfloat16 true if float32 layers multiply numbers rounded to bfloat16
 * @param portable true if the script runs on any device and on PyTorch 1.13 or later
 */
public record ScriptTarget(String device, boolean bfloat16, boolean portable) {
    public static final ScriptTarget CPU = new ScriptTarget("cpu", false);
    static final ScriptTarget ANYWHERE = new ScriptTarget("cpu", false, true);

    public ScriptTarget(String device, boolean bfloat16) {
        this(device, bfloat16, false);
    }

    boolean isCpu() {
        return device.equals("cpu");
    }

    /** Returns the device where tensors are created; in a portable script that of its first argument. */
    String deviceExpression() {
        return portable ? "ops.prim.device(x)" : "torch.device(\"" + device + "\")";
    }
}
