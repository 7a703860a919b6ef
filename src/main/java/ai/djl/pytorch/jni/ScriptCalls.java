package ai.djl.pytorch.jni;

/**
 * Calls of a module's methods by native handles, in the thread's own grad mode. DJL's own call always runs in PyTorch's inference mode,
 * whose results take part in no training; what it calls in turn is visible in this package only.
 */
public final class ScriptCalls {
    private static final PyTorchLibrary LIBRARY = PyTorchLibrary.LIB;

    private ScriptCalls() {}

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

    public static void delete(long argument) {
        LIBRARY.torchDeleteIValue(argument);
    }
}
