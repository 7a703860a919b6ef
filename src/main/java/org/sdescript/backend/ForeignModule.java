package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.files.FileText;
import org.sdescript.graph.ForeignFunction;
import org.sdescript.torchscript.ForeignArchive;

/**
 * The method {@code forward} of a TorchScript module that was saved elsewhere, such as in Python. The module lives as
 * long as the backend.
 */
public final class ForeignModule implements ForeignFunction {
    private static final String FORWARD = "forward";
    private static final int LONGEST_REASON = 300;
    private static final Set<DataType> DECIMAL = Set.of(DataType.FLOAT64, DataType.FLOAT16);

    private final Path file;
    private final long handle;

    private final byte[] digest;

    private ForeignModule(Path file, byte[] archive, long handle) {
        this.file = file;
        this.digest = digest(archive);
        this.handle = handle;
    }

    static ForeignModule load(Path file, Device device) {
        FileFault.requireReadable(file);
        try {
            byte[] archive = ForeignArchive.sane(file);
            InputStream in = new ByteArrayInputStream(archive);
            return new ForeignModule(file, archive, JniUtils.loadModuleHandle(in, device, true, false));
        } catch (EngineException e) {
            throw unreadable(file, NativeFailure.firstLine(e));
        } catch (ZipException refused) {
            throw unreadable(file, String.valueOf(refused.getMessage()));
        } catch (IOException failure) {
            throw FileFault.reading(file, failure);
        }
    }

    /** The bytes of the file. Throws if the file is not what was loaded. */
    public byte[] archive() {
        try {
            byte[] archive = ForeignArchive.sane(file);
            if (Arrays.equals(digest(archive), digest)) {
                return archive;
            }
        } catch (IOException failure) {
            throw FileFault.reading(file, failure);
        }
        throw Diagnostic.error("E0944", null, file + " was changed since its network was imported")
                .help("import it again")
                .raise();
    }

    private static byte[] digest(byte[] archive) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(archive);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SdeError unreadable(Path file, String why) {
        return Diagnostic.error("E0796", null, file + " is not a TorchScript file that can be read")
                .note(FileText.shown(why, LONGEST_REASON))
                .help("in Python, `torch.jit.script(net).save(file)` writes one, or `torch.jit.trace(net, (x,"
                        + " t))`; a file of `torch.save` contains no network")
                .raise();
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

    /**
     * Calls forward on copies of the inputs, so that a forward that writes in place does not change the script's
     * tensors.
     */
    private PtNDArray called(PtNDArray... inputs) {
        List<PtNDArray> copies = Arrays.stream(inputs).map(ForeignModule::copy).toList();
        try {
            long[] handles = copies.stream().mapToLong(PtNDArray::getHandle).toArray();
            return checked(
                    new PtNDArray(inputs[0].getManager(), ScriptCalls.tensor(handle, FORWARD, handles)), inputs[0]);
        } finally {
            copies.forEach(PtNDArray::close);
        }
    }

    /** Copies by concatenating a single tensor, because DJL's own copy has no gradient. */
    private static PtNDArray copy(PtNDArray input) {
        return input.getShape().dimension() == 0 ? JniUtils.clone(input) : JniUtils.cat(new PtNDArray[] {input}, 0);
    }

    /** Returns the result in single precision; throws if the result is not floating or not of the shape of x. */
    private PtNDArray checked(PtNDArray result, PtNDArray x) {
        ai.djl.ndarray.types.Shape shape = result.getShape();
        DataType type = result.getDataType();
        boolean fits = shape.equals(x.getShape()) && !result.isSparse();
        if (fits && type == DataType.FLOAT32) {
            return result;
        }
        try {
            if (!fits || !DECIMAL.contains(type)) {
                throw failed("for x " + x.getShape() + " of float32 it gives "
                        + (result.isSparse() ? "a sparse tensor " : "") + shape + " of "
                        + (type == DataType.UNKNOWN
                                ? "another type"
                                : type.toString().toLowerCase(Locale.ROOT)));
            }
            return result.toType(DataType.FLOAT32, true);
        } finally {
            result.close();
        }
    }

    /**
     * Computes Jᵀ v, where J is the Jacobian with respect to x.
     *
     * @param inputs the arguments, then v
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
                                + " tensor of float32, float64 or float16 of the shape of x; `labels = true` says that it takes labels")
                .raise();
    }

    void close() {
        JniUtils.deleteModule(handle);
    }
}
