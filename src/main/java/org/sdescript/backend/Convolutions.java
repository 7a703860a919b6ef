package org.sdescript.backend;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.SdeError;

/**
 * Ensures right convolutions. On some processors oneDNN's kernels of transposed convolutions, and so of a convolution's
 * gradient, give wrong numbers (seen with PyTorch 2.7.1 on virtual machines that hide their caches); the engine's own
 * kernels, which multiply matrices, are right. Each processor is measured once.
 */
public final class Convolutions {
    private static final String TORCH = "libtorch_cpu.so";

    /** RTLD_LAZY without RTLD_GLOBAL: the symbols stay private to the library. */
    static final Map<String, Object> AS_IT_IS = Map.of(Library.OPTION_OPEN_FLAGS, 1);

    private static @Nullable ConvolutionVerdict verdict;

    private Convolutions() {}

    /** The verdict in this process; empty before the library is loaded. */
    public static synchronized Optional<ConvolutionVerdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /**
     * Measures, unless a result is cached, and switches oneDNN off if it is wrong.
     *
     * @param folder the folder of cached verdicts
     * @param cpu opens the backend for the probe
     */
    static synchronized void settle(Path folder, String library, Supplier<Backend> cpu) {
        if (verdict != null) {
            return;
        }
        String processor = ProcessorText.read(Path.of("/"));
        if (processor.isEmpty()) {
            verdict = ConvolutionVerdict.UNKNOWN;
            return;
        }
        Optional<ConvolutionVerdict> known = ConvolutionVerdict.read(folder, library, processor);
        if (known.isPresent()) {
            verdict = known.get();
            if (verdict == ConvolutionVerdict.RIGHT_WITHOUT_ONEDNN) {
                enableOneDnn(false);
            }
            return;
        }
        verdict = measured(cpu);
        if (verdict != ConvolutionVerdict.UNKNOWN) {
            verdict.write(folder, library, processor);
        }
    }

    private static ConvolutionVerdict measured(Supplier<Backend> cpu) {
        try (Backend backend = cpu.get()) {
            return ConvolutionVerdict.of(() -> ConvolutionProbe.isRight(backend), () -> enableOneDnn(false));
        } catch (SdeError | ai.djl.engine.EngineException failed) {
            return ConvolutionVerdict.UNKNOWN;
        }
    }

    /**
     * Sets {@code torch.backends.mkldnn} of Python, which DJL does not offer; false if the library has no such
     * function.
     */
    static boolean enableOneDnn(boolean enabled) {
        try {
            context("_ZN2at7Context20setUserEnabledMkldnnEb", enabled ? 1 : 0);
            return true;
        } catch (LinkageError otherBuild) {
            return false;
        }
    }

    static boolean hasOneDnn() {
        return (context("_ZNK2at7Context17userEnabledMkldnnEv") & 1) != 0;
    }

    /** Calls a method of {@code at::globalContext()} by its symbol in the library. */
    private static int context(String method, Object... arguments) {
        com.sun.jna.NativeLibrary torch = com.sun.jna.NativeLibrary.getInstance(TORCH, AS_IT_IS);
        Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
        Object[] all = new Object[1 + arguments.length];
        all[0] = context;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return torch.getFunction(method).invokeInt(all);
    }
}
