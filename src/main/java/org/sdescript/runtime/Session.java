package org.sdescript.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sdescript.backend.Backend;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FolderLock;
import org.sdescript.files.OutputFolders;
import org.sdescript.graph.Graph;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.source.Span;

/**
 * The shared state of one run: the settings, the tensor engine (opened with the first tensor), the random streams,
 * the regions of native memory, the output folders, and the record of the run.
 */
public final class Session implements AutoCloseable {
    private final Console console;
    private final Path inputs;
    private final Map<String, Object> metrics = new LinkedHashMap<>();
    private final List<Map<String, Object>> work = new ArrayList<>();
    private final Set<String> noted = new HashSet<>();
    private final List<Path> files = new ArrayList<>();
    private final List<FolderLock> locks = new ArrayList<>();
    private OutputFolders folders;
    private UnaryOperator<OutputFolders> beforeFirstFile = UnaryOperator.identity();
    private boolean hasOutput;
    private Settings settings;
    private Backend backend;
    private RandomStream random;
    private MemoryScope region = new MemoryScope(null);
    private final StopRequest stop = new StopRequest();
    private volatile boolean hasWorkToKeep;
    private Unfinished unfinished;
    private long evaluations;
    private long samplings;
    private long trainings;
    private StepWatch watch;
    private TrajectoryRecording recording;
    private KernelListener kernels = (name, graph, parameters) -> {};

    /** Opens a session with one output folder. */
    public Session(Settings settings, Console console, Path folder, Path inputs) {
        this(settings, console, OutputFolders.of(folder), inputs);
    }

    /**
     * @param folders the folders that files are written to
     * @param inputs a folder searched for input files after the working directory; may be null
     */
    public Session(Settings settings, Console console, OutputFolders folders, Path inputs) {
        this.settings = settings;
        this.inputs = inputs;
        this.console = console;
        this.folders = folders;
        this.random = new RandomStream(settings.seed());
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
            drawAnew();
        }
        if (backend != null) {
            backend.compute(changed.precision().products());
        }
    }

    /** Resets all random streams of the run to its seed, as before the first draw, sampling or training. */
    public void drawAnew() {
        random = new RandomStream(settings.seed());
        samplings = 0;
        trainings = 0;
    }

    /** Counts a sampling with the run's seed; returns the previous count. */
    public long countSampling() {
        return samplings++;
    }

    /** Counts a training with the run's seed; returns the previous count. */
    public long countTraining() {
        return trainings++;
    }

    public boolean hasBackend() {
        return backend != null;
    }

    public Backend backend() {
        if (backend == null) {
            long start = System.nanoTime();
            backend = Backend.open(
                    settings.device(),
                    settings.threads(),
                    settings.execution(),
                    settings.precision().products());
            console.detail(() -> backend.description() + ", ready in " + DurationText.since(start));
        }
        return backend;
    }

    public Console console() {
        return console;
    }

    /** Prints a line about the run, the first time only. */
    public void noteOnce(String text) {
        if (noted.add(text)) {
            console.note(text);
        }
    }

    /** Returns the run's output folder; a script may name another folder that the user has allowed. */
    public Path folder() {
        return folders.run();
    }

    /** Sets the folders besides the run's own that files may be written to from now on. */
    public void allowWriting(List<Path> allowed) {
        folders = folders.only(allowed);
    }

    /** Registers a function that decides the output folders before the first file is written. */
    public void beforeFirstFile(UnaryOperator<OutputFolders> settle) {
        beforeFirstFile = settle;
    }

    /** Resolves the name of an input file: a relative name first in the working directory, then beside the script. */
    public Path input(String name) {
        Path here = Path.of(name);
        if (here.isAbsolute() || Files.exists(here) || inputs == null) {
            return here;
        }
        Path beside = inputs.resolve(name);
        return Files.exists(beside) || !hasFolder(here) && hasFolder(beside) ? beside : here;
    }

    /** True if the folder of a missing file exists; the error then names this path. */
    private static boolean hasFolder(Path file) {
        return Files.isDirectory(file.toAbsolutePath().getParent());
    }

    /** Returns the path of an output file; throws if the user has not allowed the path. */
    public Path output(String name) {
        if (!hasOutput) {
            hasOutput = true;
            folders = beforeFirstFile.apply(folders);
        }
        return folders.resolve(name);
    }

    /** Returns a folder that is written repeatedly; a folder outside the run's folder is locked. */
    public Path outputFolder(String name) {
        Path path = output(name);
        AtomicFile.requireFolder(path);
        if (!folders.isInRun(path)) {
            lock(path, "wait until it is done, or name another folder");
        }
        return path;
    }

    /** Locks a folder for this session. */
    public void lock(Path folder, String remedy) {
        if (locks.stream().noneMatch(lock -> lock.isOn(folder))) {
            FolderLock.of(folder, remedy).ifPresent(locks::add);
        }
    }

    /** Adds a written file to the run's record and prints its path. */
    public void wrote(Path path) {
        files.add(path);
        console.note("wrote " + path);
    }

    /** Returns the current random stream; inside {@link #drawing} the stream given there. */
    public RandomStream random() {
        return random;
    }

    /** Runs work with another random stream. */
    public <T> T drawing(RandomStream stream, Supplier<T> work) {
        RandomStream before = random;
        random = stream;
        try {
            return work.get();
        } finally {
            random = before;
        }
    }

    /** Runs work while the results of predictors and correctors are watched. */
    public void watching(StepWatch steps, Runnable work) {
        long counted = evaluations;
        watch = steps;
        try {
            work.run();
        } finally {
            watch = null;
            evaluations = counted;
        }
    }

    /** Runs work while the states reported by the sampler are recorded. */
    public <T> T recording(TrajectoryRecording states, Supplier<T> work) {
        recording = states;
        try {
            return work.get();
        } finally {
            recording = null;
        }
    }

    /** Returns the recording of a sampling's states, if any. */
    public Optional<TrajectoryRecording> recording() {
        return Optional.ofNullable(recording);
    }

    Optional<StepWatch> watch() {
        return Optional.ofNullable(watch);
    }

    /** Wraps a tensor of the backend; the current region owns the tensor. */
    public Value.TensorValue own(Tensor tensor) {
        region.own(tensor);
        return new Value.TensorValue(tensor);
    }

    /** Makes the current region the owner of a native resource. */
    public void own(AutoCloseable resource) {
        region.own(resource);
    }

    MemoryScope openRegion() {
        region = new MemoryScope(region);
        return region;
    }

    /** @param roots evaluated only if the region owns resources */
    void endRegion(MemoryScope opened, Supplier<Reachability> roots) {
        while (region != opened) {
            region = region.end(Reachability::new);
        }
        region = opened.end(roots);
    }

    /** Ends the region of a top-level statement; unreachable resources of earlier statements are freed too. */
    void endStatement(MemoryScope opened, Supplier<Reachability> roots) {
        endRegion(opened, roots);
        region.sweepIfOutermost(roots);
    }

    /** Requests the run to stop at its next check. */
    public void interrupt() {
        stop.make();
    }

    /** Withdraws the request to stop, before the next run. */
    public void goOn() {
        stop.takeBack();
    }

    public boolean isInterrupted() {
        return stop.isMade();
    }

    /** Runs work in which {@link StopRequest#poll} checks this session. */
    public <T> T stoppable(Supplier<T> work) {
        return StopRequest.during(stop, work);
    }

    /** Runs work that saves its state when interrupted, so that a stop waits for its next step. */
    public <T> T keepingWork(Supplier<T> doing) {
        hasWorkToKeep = true;
        try {
            return doing.get();
        } finally {
            hasWorkToKeep = false;
        }
    }

    public boolean hasWorkToKeep() {
        return hasWorkToKeep;
    }

    /**
     * The partial value of a stopped computation.
     *
     * @param call the call that was computing the value
     * @param words a description of the value
     */
    public record Unfinished(Value value, Span call, String words) {}

    /** Stores the partial value for the name that would have been bound. */
    public void offer(Unfinished value) {
        unfinished = value;
    }

    /** Returns and clears the partial value of a stopped call. */
    Optional<Unfinished> unfinished(Span call) {
        Optional<Unfinished> left =
                Optional.ofNullable(unfinished).filter(it -> it.call().equals(call));
        unfinished = null;
        return left;
    }

    /** Throws if a stop was requested. Called between statements and steps, and for each element of a comprehension. */
    public void checkInterrupted() {
        stop.check();
    }

    /** Returns the number of score evaluations since {@link #resetEvaluations}. */
    public long evaluations() {
        return evaluations;
    }

    public void countEvaluations(long more) {
        evaluations += more;
    }

    public void resetEvaluations() {
        evaluations = 0;
    }

    /** Returns the numbers for the run's record, in insertion order. */
    public Map<String, Object> metrics() {
        return metrics;
    }

    /** Sets the listener for newly traced kernels; replaces an earlier listener. */
    public void onKernel(KernelListener listener) {
        kernels = listener;
    }

    public void tracedKernel(String name, Graph graph, ParameterInputs parameters) {
        kernels.traced(name, graph, parameters);
    }

    /** Returns the record of trainings and samplings, in order. */
    public List<Map<String, Object>> work() {
        return work;
    }

    /** Runs work and adds its duration and description to the run's record. */
    public <T> T timed(String what, Map<String, Object> about, Supplier<T> doing) {
        long start = System.nanoTime();
        T result = doing.get();
        Map<String, Object> entry = new LinkedHashMap<>(Map.of("call", what));
        entry.put("seconds", Math.round((System.nanoTime() - start) / 1e6) / 1e3);
        entry.putAll(about);
        work.add(entry);
        return result;
    }

    /** Returns the files written by the run. */
    public List<Path> files() {
        return files;
    }

    @Override
    public void close() {
        endRegionsToTheOutermost();
        if (backend != null) {
            backend.close();
        }
        locks.forEach(FolderLock::close);
    }

    private void endRegionsToTheOutermost() {
        while (region != null) {
            region = region.end(Reachability::new);
        }
    }
}
