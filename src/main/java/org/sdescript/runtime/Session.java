package org.sdescript.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Backend;
import org.sdescript.files.OutputFolders;

/**
 * The shared state of one run: the settings, the console, the tensor engine (opened with the first tensor), and the
 * parts that keep the rest.
 */
public final class Session implements AutoCloseable {
    private final Console console;
    private final RunFolders folders;
    private RunLog log;
    private final MemoryScopes memory = new MemoryScopes();
    private SamplingContext sampling;
    private final RunStop stop = new RunStop();
    private Settings settings;
    private boolean resuming;
    private @Nullable Replica replica;
    private volatile @Nullable Backend backend;
    private @Nullable Cluster cluster;
    private KernelListener kernels = (name, graph, parameters) -> {};

    /** Opens a session with one output folder. */
    public Session(Settings settings, Console console, Path folder, @Nullable Path inputs) {
        this(settings, console, OutputFolders.of(folder), inputs);
    }

    /**
     * @param folders the folders that files are written to
     * @param inputs a folder searched for input files after the working directory; may be null
     */
    public Session(Settings settings, Console console, OutputFolders folders, @Nullable Path inputs) {
        this.settings = settings;
        this.console = console;
        this.folders = new RunFolders(folders, inputs);
        this.log = new RunLog(console);
        this.sampling = new SamplingContext(settings.seed());
    }

    public Console console() {
        return console;
    }

    public RunFolders folders() {
        return folders;
    }

    public RunLog log() {
        return log;
    }

    public MemoryScopes memory() {
        return memory;
    }

    public SamplingContext sampling() {
        return sampling;
    }

    public RunStop stop() {
        return stop;
    }

    public Settings settings() {
        return settings;
    }

    /**
     * Changes the settings. The device and the other start-up options of the tensor library are fixed by the first
     * tensor.
     */
    public void change(Settings changed) {
        boolean otherSeed = changed.seed() != settings.seed();
        settings = changed;
        if (otherSeed) {
            sampling.drawAnew(changed.seed());
        }
        if (backend != null) {
            backend.compute(changed.precision().products());
        }
    }

    /** True if each training with a checkpoint resumes from it, as if the script said so. */
    public boolean isResuming() {
        return resuming;
    }

    public void resumeTrainings() {
        resuming = true;
    }

    /**
     * Runs work as a run of its own within this one: its files lie in another folder, its log is its own, and its
     * random streams begin anew.
     *
     * @param resume true if trainings with a checkpoint resume from it
     */
    public <T> T asRun(Path folder, long seed, boolean resume, Supplier<T> work) {
        RunLog outerLog = log;
        SamplingContext outerSampling = sampling;
        Settings outerSettings = settings;
        boolean outerResuming = resuming;
        log = new RunLog(console);
        sampling = new SamplingContext(seed);
        settings = settings.seed(seed);
        resuming = resume;
        try {
            return folders.during(folder, work);
        } finally {
            change(outerSettings);
            log = outerLog;
            sampling = outerSampling;
            resuming = outerResuming;
        }
    }

    /** Returns the replica as which trainings run at present; empty for trainings on this machine alone. */
    public Optional<Replica> replica() {
        return Optional.ofNullable(replica);
    }

    /** Runs work whose trainings are those of a replica. A failure of the work ends that of the other replicas. */
    public <T> T during(Replica present, Supplier<T> work) {
        Replica before = replica;
        replica = present;
        try {
            return present.joined(work);
        } finally {
            replica = before;
        }
    }

    public boolean hasBackend() {
        return backend != null;
    }

    public Backend backend() {
        Backend present = backend;
        return present == null ? opened() : present;
    }

    private Backend opened() {
        long start = System.nanoTime();
        Backend opened = Backend.open(
                settings.device(),
                settings.threads(),
                settings.execution(),
                settings.precision().products());
        backend = opened;
        console.detail(() -> opened.description() + ", ready in " + DurationText.since(start));
        return opened;
    }

    public boolean hasOpenCluster() {
        return cluster != null;
    }

    /** Returns the machines that share the work of this run, if its settings name any: opened on the first call. */
    public Optional<Cluster> cluster() {
        if (cluster == null && !settings.cluster().isNone()) {
            long start = System.nanoTime();
            Cluster opened = ClusterLoader.open(settings.cluster(), console);
            cluster = opened;
            console.detail(() -> "cluster " + opened.master() + ", ready in " + DurationText.since(start));
        }
        return Optional.ofNullable(cluster);
    }

    /** Sets the machines that share the work; the session closes them. */
    public void shareWith(Cluster machines) {
        cluster = machines;
    }

    /** Returns the bytes of all tensors not yet freed; called by any thread. */
    public long tensorBytes() {
        Backend opened = backend;
        return opened == null ? 0 : opened.tensorBytes();
    }

    /** Sets the listener for newly traced kernels; replaces an earlier listener. */
    public void onKernel(KernelListener listener) {
        kernels = listener;
    }

    /** Returns the listener for newly traced kernels. */
    public KernelListener kernels() {
        return kernels;
    }

    @Override
    public void close() {
        try {
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            memory.close();
            if (backend != null) {
                backend.close();
            }
            folders.close();
        }
    }
}
