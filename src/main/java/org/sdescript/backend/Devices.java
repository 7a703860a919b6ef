package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.diagnostic.Diagnostic;

/** The devices by the names users give them. */
final class Devices {
    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

    private Devices() {}

    static Device choose(Engine engine, String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        int count = engine.getGpuCount();
        if (name.equals("auto")) {
            return count > 0 ? Device.gpu() : Device.cpu();
        }
        Matcher gpu = GPU.matcher(name);
        if (!gpu.matches()) {
            throw Diagnostic.error("E0902", null, "there is no device `" + name + "`")
                    .help("devices are `auto`, `cpu`, `gpu` and `gpu:1`, `gpu:2`…")
                    .raise();
        }
        int index = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
        if (index >= count) {
            throw noGpu(name, count);
        }
        return Device.gpu(index);
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
