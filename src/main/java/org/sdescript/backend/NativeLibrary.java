package org.sdescript.backend;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Function;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** Loads the PyTorch library through DJL, without output and without network access. */
final class NativeLibrary {
    private static final String ENGINE = "PyTorch";
    private static final String LOG_LEVEL = "TORCH_CPP_LOG_LEVEL";

    private static volatile boolean loading;

    private NativeLibrary() {}

    /** True if native code may be loaded, now or soon. */
    static boolean isLoading() {
        return loading;
    }

    /** @param tf32 true if GPUs may round the factors of products; has an effect only on the first call */
    static Engine load(boolean tf32) {
        if (tf32 && !loading && !System.getProperty("os.name").startsWith("Windows")) {
            // Read in aten/src/ATen/Context.cpp.
            setEnvironment("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
        }
        if (!loading) {
            NativeCache.bundled().ifPresent(NativeLibrary::requireWhole);
        }
        loading = true;
        // Before the first class of DJL: DJL would query cloud services about the machine.
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (isBundled()) {
            System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
        }
        System.setProperty("org.slf4j.simpleLogger.log.ai.djl", "error");
        try {
            Engine engine = Engine.getEngine(ENGINE);
            silence();
            prepareThread();
            return engine;
        } catch (EngineException | LinkageError | IllegalStateException e) {
            throw unusable(e);
        }
    }

    /**
     * Keeps the library's warnings off the terminal, such as one for each convolution on a processor without NNPACK, unless
     * the environment asks for them. Python's torch reads this variable, the library alone does not.
     */
    private static void silence() {
        if (System.getenv(LOG_LEVEL) == null) {
            setEnvironment(LOG_LEVEL, "ERROR");
        }
        try {
            com.sun.jna.NativeLibrary.getInstance("libc10.so", Convolutions.AS_IT_IS)
                    .getFunction("_ZN3c1011initLoggingEv")
                    .invokeVoid(new Object[0]);
        } catch (LinkageError otherBuild) {
            // the warnings remain
        }
    }

    /**
     * Sets an environment variable for native code, which Java cannot. A library that cannot be unpacked for the call,
     * as on a full disk, does not end the run.
     */
    private static void setEnvironment(String name, String value) {
        try {
            Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, 1});
        } catch (LinkageError notUnpacked) {
            // the variable's default remains
        }
    }

    /** Throws if a library is cut short, as by a full disk: loading such a library may crash the process. */
    private static void requireWhole(NativeCache cache) {
        List<String> damaged = cache.isUnpacked() ? cache.damaged() : List.of();
        if (!damaged.isEmpty()) {
            throw Diagnostic.error("E0901", null, "the PyTorch library is damaged: " + String.join(", ", damaged))
                    .note("it was unpacked to " + cache.folder())
                    .help("delete that folder; the next run unpacks the library anew")
                    .raise();
        }
    }

    /** True if the library is on the class path. The build for GPUs has none: DJL finds or fetches a CUDA library. */
    private static boolean isBundled() {
        return NativeLibrary.class.getResource("/native/lib/pytorch.properties") != null;
    }

    /** Turns off the recording of gradients and the re-optimisation of scripts. Both are settings of a thread. */
    static void prepareThread() {
        JniUtils.setGradMode(false);
        JniUtils.setGraphExecutorOptimize(false);
    }

    static SdeError unusable(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        Diagnostic diagnostic = Diagnostic.error("E0901", null, "the PyTorch library cannot be loaded")
                .note(root.getClass().getSimpleName() + ": " + NativeFailure.firstLine(root))
                .note("this machine is " + System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .help(
                        isBundled()
                                ? "delete the folder ~/.djl.ai (or $DJL_CACHE_DIR) and run again, so that the library is unpacked"
                                        + " anew; it needs 450 MB of disk and a 64-bit Linux, macOS (ARM) or Windows"
                                : "this build is for GPUs and contains no PyTorch library: set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and"
                                        + " PYTORCH_FLAVOR to one, let DJL fetch it from the network, or build without -Pgpu");
        return new SdeError(diagnostic, failure);
    }
}
