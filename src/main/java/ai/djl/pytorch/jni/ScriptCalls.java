package ai.djl.pytorch.jni;

/**
 * Calls methods of modules by native handles, in the thread's own grad mode. DJL's own call always runs in PyTorch's
 * inference mode, whose results cannot be differentiated. The functions that it calls, and the layout of a tensor, are
 * visible in this package only.
 */
public final class ScriptCalls {
    private static final PyTorchLibrary LIBRARY = PyTorchLibrary.LIB;

    private ScriptCalls() {}

    /** True if the elements are contiguous, the last axis fastest. */
    public static boolean isContiguous(long tensor) {
        return LIBRARY.torchIsContiguous(tensor);
    }

    /** Creates a list of tensors as an argument; the caller deletes the list. The list keeps the tensors alive. */
    public static long tensors(long... handles) {
        return LIBRARY.iValueFromTensorList(handles);
    }

    /** Creates a list of numbers as an argument; the caller deletes it. */
    public static long numbers(double... values) {
        return LIBRARY.iValueFromDoubleList(values);
    }

    /** Creates a list of whole numbers as an argument; the caller deletes it. */
    public static long integers(long... values) {
        return LIBRARY.iValueFromLongList(values);
    }

    /** Runs a method that returns a list of tensors; the caller closes each tensor. */
    public static long[] run(long module, String method, long... arguments) {
        long result = LIBRARY.moduleRunMethod(module, method, arguments, true, false);
        try {
            return LIBRARY.iValueToTensorList(result);
        } finally {
            delete(result);
        }
    }

    /** Runs a method that returns a list of numbers. */
    public static double[] floats(long module, String method, long... arguments) {
        long result = LIBRARY.moduleRunMethod(module, method, arguments, true, false);
        try {
            return LIBRARY.iValueToDoubleList(result);
        } finally {
            delete(result);
        }
    }

    /** Runs a method of tensors that returns a tensor; the caller closes it. */
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
