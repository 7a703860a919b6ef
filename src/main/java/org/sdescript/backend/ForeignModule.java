package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.graph.ForeignFunction;

/** A module of TorchScript that was saved elsewhere, such as in Python: its method {@code forward}. It lives as long as the backend. */
public final class ForeignModule implements ForeignFunction {
    private static final String FORWARD = "forward";

    private final Path file;
    private final long handle;

    private ForeignModule(Path file, long handle) {
        this.file = file;
        this.handle = handle;
    }

    static ForeignModule load(Path file, Device device) {
        FileFault.requireReadable(file);
        try (InputStream archive = Files.newInputStream(file)) {
            return new ForeignModule(file, JniUtils.loadModuleHandle(archive, device, true, false));
        } catch (EngineException e) {
            throw Diagnostic.error("E0796", null, file + " is not a TorchScript file that can be read")
                    .note(NativeFailure.firstLine(e))
                    .help(
                            "in Python, `torch.jit.script(net).save(file)` writes one, or `torch.jit.trace(net, (x, t))`; what"
                                    + " `torch.save` writes holds no network")
                    .raise();
        } catch (IOException failure) {
            throw FileFault.reading(file, failure);
        }
    }

    @Override
    public String origin() {
        return file.toString();
    }

    PtNDArray forward(PtNDArray... inputs) {
        try {
            return called(inputs);
        } catch (EngineException e) {
            throw failed(NativeFailure.firstLine(e));
        }
    }

    private PtNDArray called(PtNDArray... inputs) {
        long[] handles = Arrays.stream(inputs).mapToLong(PtNDArray::getHandle).toArray();
        PtNDArray result = new PtNDArray(inputs[0].getManager(), ScriptCalls.tensor(handle, FORWARD, handles));
        if (!result.getShape().equals(inputs[0].getShape())) {
            String shape = String.valueOf(result.getShape());
            result.close();
            throw failed("for x of shape " + inputs[0].getShape() + " it gives " + shape);
        }
        return result;
    }

    /**
     * Jᵀ v with respect to x.
     *
     * @param inputs the arguments, and v last
     */
    PtNDArray gradient(PtNDArray... inputs) {
        boolean recorded = JniUtils.isGradMode();
        PtNDArray[] arguments = Arrays.copyOf(inputs, inputs.length - 1);
        try (PtNDArray x = JniUtils.detachGradient(inputs[0])) {
            JniUtils.setGradMode(true);
            x.setRequiresGradient(true);
            arguments[0] = x;
            try (PtNDArray y = called(arguments)) {
                JniUtils.backward(y, inputs[inputs.length - 1], false, false);
            }
            PtNDArray gradient = JniUtils.getGradient(x);
            gradient.attach(inputs[0].getManager());
            return gradient;
        } catch (EngineException e) {
            throw failed(NativeFailure.firstLine(e));
        } finally {
            JniUtils.setGradMode(recorded);
        }
    }

    private SdeError failed(String why) {
        return Diagnostic.error("E0797", null, "the network of " + file + " cannot be run")
                .note(why)
                .help(
                        "it is called as forward(x, t), or forward(x, t, label), with x [n, …], t [n] and label [n], and gives a"
                                + " tensor of the shape of x; `labels = true` says that it takes labels")
                .raise();
    }

    void close() {
        JniUtils.deleteModule(handle);
    }
}
