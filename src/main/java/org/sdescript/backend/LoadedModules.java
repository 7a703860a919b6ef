package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.sdescript.torchscript.Archive;

/**
 * The modules loaded by the engine, one per text. A module that no kernel references any more is deleted when the next
 * module is loaded.
 */
final class LoadedModules {
    /** A loaded module; deleted after this object becomes unreachable. */
    static final class Module {
        private final long handle;

        private Module(long handle) {
            this.handle = handle;
        }

        long handle() {
            return handle;
        }
    }

    private static final class Entry extends WeakReference<Module> {
        private final String text;
        private final long handle;

        private Entry(String text, Module module, ReferenceQueue<Module> dropped) {
            super(module, dropped);
            this.text = text;
            this.handle = module.handle;
        }
    }

    private final Device device;
    private final Map<String, Entry> loaded = new HashMap<>();
    private final ReferenceQueue<Module> dropped = new ReferenceQueue<>();

    LoadedModules(Device device) {
        this.device = device;
    }

    Module load(String methods) {
        deleteDropped();
        Entry known = loaded.get(methods);
        Module module = known == null ? null : known.get();
        if (module == null) {
            module = new Module(read(methods));
            loaded.put(methods, new Entry(methods, module, dropped));
        }
        return module;
    }

    /** The number of loaded modules. */
    int count() {
        deleteDropped();
        return loaded.size();
    }

    void close() {
        deleteDropped();
        loaded.values().forEach(entry -> JniUtils.deleteModule(entry.handle));
        loaded.clear();
    }

    private long read(String methods) {
        try (ByteArrayInputStream archive = new ByteArrayInputStream(Archive.of(methods))) {
            return JniUtils.loadModuleHandle(archive, device, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private void deleteDropped() {
        for (var next = dropped.poll(); next != null; next = dropped.poll()) {
            Entry entry = (Entry) next;
            loaded.remove(entry.text, entry);
            JniUtils.deleteModule(entry.handle);
        }
    }
}
