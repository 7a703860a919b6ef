package ai.djl.pytorch.jni;

/**
 * Calls of a module's methods by native handles, in the thread's own grad mode. DJL's own call always runs in PyTorch's inference mode,
 * whose results take part in no training; what it calls in turn is visible in this package only, as is the layout of a tensor.
 */
public final class ScriptCalls {
    private static final PyTorchLibrary LIBRARY = PyTorchLibrary.LIB;

    private ScriptCalls() {}

    /** Whether a tensor's elements lie one after another, the last axis fastest. */
    public static boolean isContiguous(long tensor) {
        return LIBRARY.torchIsContiguous(tensor);
    }

    /** A list of tensors as an argument, to be deleted; it keeps the tensors alive. */
    public static long tensors(long... handles) {
        return LIBRARY.iValueFromTensorList(handles);
    }

    /** Numbers as an argument, to be deleted. */
    public static long numbers(double... values) {
        return LIBRARY.iValueFromDoubleList(values);
    }

    /** Whole numbers as an argument, to be deleted. */
    public static long integers(long... values) {
        return LIBRARY.iValueFromLongList(values);
    }

    /** The tensors that a method returns as a list, each to be closed. */
    public static long[] run(long module, String method, long... arguments) {
        long result = LIBRARY.moduleRunMethod(module, method, arguments, true, false);
        try {
            return LIBRARY.iValueToTensorList(result);
        } finally {
            delete(result);
        }
    }

    /** The numbers that a method returns as a list. */
    public static double[] floats(long module, String method, long... arguments) {
        long result = LIBRARY.moduleRunMethod(module, method, arguments, true, false);
        try {
            return LIBRARY.iValueToDoubleList(result);
        } finally {
            delete(result);
        }
    }

    /** The tensor that a method returns for tensors, to be closed. */
    public static long tensor(long module, String method, long... tensors) {
        long[] arguments = new long[tensors.length];
        long result = 0;
        try {
            for (int i = 0; i < tensors.length; i++) {
                arguments[i] = LIBRARY.iValueFromTensor(tensors[i]);
            }
            result = LIBRARY.moduleRunMethod(module, method, arguments, true, false);
            return LIBRARY.iValueToTensor(result);
        } finally {
            java.util.Arrays.stream(arguments).filter(handle -> handle != 0).forEach(ScriptCalls::delete);
            if (result != 0) {
                delete(result);
            }
        }
    }

    public static void delete(long argument) {
        LIBRARY.torchDeleteIValue(argument);
    }
}
