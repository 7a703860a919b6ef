package ai.djl.pytorch.jni;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** Modules as PyTorch itself saves them; what does so in DJL is visible in this package only. */
public final class SavedModules {
    private SavedModules() {}

    /** The archive of a module that PyTorch has loaded and saved again. Needs an open backend before, for the library. */
    public static byte[] again(byte[] archive) {
        PyTorchLibrary library = PyTorchLibrary.LIB;
        byte[] buffer = new byte[1 << 16];
        long module = library.moduleLoad(new ByteArrayInputStream(archive), new int[] {0, -1}, false, buffer, -1);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            library.moduleWrite(module, bytes, buffer, false);
            return bytes.toByteArray();
        } finally {
            library.torchDeleteModule(module);
        }
    }
}
