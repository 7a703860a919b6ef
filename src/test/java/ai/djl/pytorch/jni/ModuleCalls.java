package ai.djl.pytorch.jni;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.ByteArrayInputStream;

/** Calls of modules with what Python passes; what does so in DJL is visible in this package only. */
public final class ModuleCalls {
    private ModuleCalls() {}

    /** Returns forward(x, t) for samples and one number. Needs an open backend before, for the library. */
    public static float[] withNumber(byte[] archive, float[] x, long[] shape, double t) {
        return called(archive, x, shape, PyTorchLibrary.LIB.iValueFromDouble(t));
    }

    /** The same for a whole number. */
    public static float[] withWhole(byte[] archive, float[] x, long[] shape, long t) {
        return called(archive, x, shape, PyTorchLibrary.LIB.iValueFromLong(t));
    }

    private static float[] called(byte[] archive, float[] x, long[] shape, long t) {
        PyTorchLibrary library = PyTorchLibrary.LIB;
        byte[] buffer = new byte[1 << 16];
        long module = library.moduleLoad(new ByteArrayInputStream(archive), new int[] {0, -1}, false, buffer, -1);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            PtNDArray samples = (PtNDArray) manager.create(x, new Shape(shape));
            long[] arguments = {library.iValueFromTensor(samples.getHandle()), t};
            long result = library.moduleRunMethod(module, "forward", arguments, true, false);
            return new PtNDArray((PtNDManager) manager, library.iValueToTensor(result)).toFloatArray();
        } finally {
            library.torchDeleteModule(module);
        }
    }
}
