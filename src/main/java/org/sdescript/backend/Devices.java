package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.diagnostic.Diagnostic;

/** Finds devices by the names that users write. */
final class Devices {
    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

    /** PyTorch's name of a GPU. */
    private static final Pattern CUDA = Pattern.compile("cuda(:\\d{1,3})?");

    private Devices() {}

    static Device choose(Engine engine, String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        int count = engine.getGpuCount();
        if (name.equals("auto")) {
            return count > 0 ? Device.gpu() : Device.cpu();
        }
        requireName(name);
        Matcher gpu = GPU.matcher(name);
        int index = gpu.matches() && gpu.group(1) != null ? Integer.parseInt(gpu.group(1)) : 0;
        if (index >= count) {
            throw noGpu(name, count);
        }
        return Device.gpu(index);
    }

    /** Throws if the name is not a device name on any machine. */
    static void requireName(String name) {
        if (!name.equals("auto") && !name.equals("cpu") && !GPU.matcher(name).matches()) {
            throw Diagnostic.error("E0902", null, "there is no device `" + name + "`")
                    .help(remedy(name))
                    .raise();
        }
    }

    private static String remedy(String name) {
        String other = name.strip().toLowerCase(Locale.ROOT);
        Matcher cuda = CUDA.matcher(other);
        if (cuda.matches()) {
            return "PyTorch's `" + name + "` is `gpu" + (cuda.group(1) == null ? "" : cuda.group(1)) + "` here";
        }
        return other.equals("mps")
                ? "sde computes on the CPU and on NVIDIA GPUs: `cpu`, `gpu`, or `auto` for the GPU where there is one"
                : "devices are `auto`, `cpu`, `gpu` and `gpu:1`, `gpu:2`…";
    }

    static String describe(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    private static RuntimeException noGpu(String name, int count) {
        return Diagnostic.error(
                        "E0902",
                        null,
                        count == 0
                                ? "`" + name + "` is asked for, but PyTorch sees no GPU here"
                                : "`" + name + "` is asked for, but there are only " + count + " GPUs")
                .help(
                        "build with `mvn -Pgpu clean package` on a machine with an NVIDIA driver, or use the device `auto`")
                .raise();
    }
}
