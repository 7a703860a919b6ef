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
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FolderLock;
import org.sdescript.files.OutputFolders;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.source.Span;

/**
 * What one run shares: the settings, the tensor engine (opened when the first tensor is made), the random streams,
 * the regions of native memory, the folder for files, and the record of what was done.
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
    private Region region = new Region(null);
    private final StopRequest stop = new StopRequest();
    private volatile boolean hasWorkToKeep;
    private Unfinished unfinished;
    private long evaluations;
    private long samplings;
    private long trainings;
    private Finiteness watch;
    private Recording recording;
    private KernelListener kernels = (name, graph, parameters) -> {};

    /** A session that writes into one folder. */
    public Session(Settings settings, Console console, Path folder, Path inputs) {
        this(settings, console, OutputFolders.of(folder), inputs);
    }

    /**
     * @param folders where files are written
     * @param inputs where files are looked for besides the working directory; may be null
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

    /** Changes the settings; a device, and what else the library is loaded with, only before the first tensor. */
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

    /** Starts all random numbers of the run from its seed again, as if nothing had been drawn, sampled or trained. */
    public void drawAnew() {
        random = new RandomStream(settings.seed());
        samplings = 0;
        trainings = 0;
    }

    /** Counts a sampling that takes the run's seed; gives how many there were before. */
    public long countSampling() {
        return samplings++;
    }

    /** Counts a training that takes the run's seed; gives how many there were before. */
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
            console.detail(() -> backend.description() + ", ready in " + Stopwatch.since(start));
        }
        return backend;
    }

    public Console console() {
        return console;
    }

    /** A line about the run that is said the first time only. */
    public void noteOnce(String text) {
        if (noted.add(text)) {
            console.note(text);
        }
    }

    /** The folder that files of the run go to, unless a script names another one that the user has allowed. */
    public Path folder() {
        return folders.run();
    }

    /** Has the folders settled when the first file is about to be written, and not before. */
    public void beforeFirstFile(UnaryOperator<OutputFolders> settle) {
        beforeFirstFile = settle;
    }

    /** Where a file the script reads is: relative names are looked for where the user is, then beside the script. */
    public Path input(String name) {
        Path here = Path.of(name);
        if (here.isAbsolute() || Files.exists(here) || inputs == null) {
            return here;
        }
        Path beside = inputs.resolve(name);
        return Files.exists(beside) || !hasFolder(here) && hasFolder(beside) ? beside : here;
    }

    /** Whether a file that is not there could be: an error about it is then about this place. */
    private static boolean hasFolder(Path file) {
        return Files.isDirectory(file.toAbsolutePath().getParent());
    }

    /** The place of a file that the script writes; an error where the user has not allowed it. */
    public Path output(String name) {
        if (!hasOutput) {
            hasOutput = true;
            folders = beforeFirstFile.apply(folders);
        }
        return folders.resolve(name);
    }

    /** The same for a folder that is written to again and again; one outside of the run's is locked as that is. */
    public Path outputFolder(String name) {
        Path path = output(name);
        AtomicFile.requireFolder(path);
        if (!folders.isInRun(path)) {
            lock(path, "wait until it is done, or name another folder");
        }
        return path;
    }

    /** Takes a folder for this session alone. */
    public void lock(Path folder, String remedy) {
        if (locks.stream().noneMatch(lock -> lock.isOn(folder))) {
            FolderLock.of(folder, remedy).ifPresent(locks::add);
        }
    }

    /** Remembers a file for the run's record, and says that it is there. */
    public void wrote(Path path) {
        files.add(path);
        console.note("wrote " + path);
    }

    /** The stream that draws now; inside {@link #drawing} the one given there. */
    public RandomStream random() {
        return random;
    }

    /** Does something with another stream in place of the run's. */
    public <T> T drawing(RandomStream stream, Supplier<T> work) {
        RandomStream before = random;
        random = stream;
        try {
            return work.get();
        } finally {
            random = before;
        }
    }

    /** Does something while what predictors and correctors return is watched for the first value that is not finite. */
    public void watching(Interpreter interpreter, Runnable work) {
        long counted = evaluations;
        watch = new Finiteness(interpreter);
        try {
            work.run();
        } finally {
            watch = null;
            evaluations = counted;
        }
    }

    /** Does something while the states that the sampler tells of are kept. */
    public <T> T recording(Recording states, Supplier<T> work) {
        recording = states;
        try {
            return work.get();
        } finally {
            recording = null;
        }
    }

    /** Where the states of a sampling go, if they are kept. */
    public Optional<Recording> recording() {
        return Optional.ofNullable(recording);
    }

    Optional<Finiteness> watch() {
        return Optional.ofNullable(watch);
    }

    /** Wraps a tensor the backend made; the present region frees it. */
    public Value.TensorValue own(Tensor tensor) {
        region.own(tensor);
        return new Value.TensorValue(tensor);
    }

    /** Makes the present region the owner of something that holds native memory. */
    public void own(AutoCloseable resource) {
        region.own(resource);
    }

    Region openRegion() {
        region = new Region(region);
        return region;
    }

    /** @param roots asked for only where there is something to free */
    void endRegion(Region opened, Supplier<Reach> roots) {
        while (region != opened) {
            region = region.end(Reach::new);
        }
        region = opened.end(roots);
    }

    /** Ends the region of a statement of the script itself: what earlier statements made goes too, if no name leads to it. */
    void endStatement(Region opened, Supplier<Reach> roots) {
        endRegion(opened, roots);
        region.sweepIfOutermost(roots);
    }

    /** Asks the run to stop at the next place where it can. */
    public void interrupt() {
        stop.make();
    }

    /** Takes back that it was asked to stop: what is run next is not what was to be stopped. */
    public void goOn() {
        stop.takeBack();
    }

    public boolean isInterrupted() {
        return stop.isMade();
    }

    /** Does work in which {@link StopRequest#poll} answers for this session. */
    public <T> T stoppable(Supplier<T> work) {
        return StopRequest.during(stop, work);
    }

    /** Does something whose state is put down when it is interrupted, so that it is worth waiting for its next step. */
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
     * What there is of a value whose work was stopped.
     *
     * @param call that would have given it
     * @param words of what it is
     */
    public record Unfinished(Value value, Span call, String words) {}

    /** Keeps what there is of a value for the name that would have been bound to it. */
    public void offer(Unfinished value) {
        unfinished = value;
    }

    /** What a call that was stopped has left, once. */
    Optional<Unfinished> unfinished(Span call) {
        Optional<Unfinished> left =
                Optional.ofNullable(unfinished).filter(it -> it.call().equals(call));
        unfinished = null;
        return left;
    }

    /** Called between statements and steps, and for each element of a comprehension. */
    public void checkInterrupted() {
        stop.check();
    }

    /** Score evaluations since {@link #resetEvaluations}. */
    public long evaluations() {
        return evaluations;
    }

    public void countEvaluations(long more) {
        evaluations += more;
    }

    public void resetEvaluations() {
        evaluations = 0;
    }

    /** Numbers worth keeping in the run's record, in the order they came. */
    public Map<String, Object> metrics() {
        return metrics;
    }

    /** Has every kernel told to a listener when it is traced; a later listener takes the place of an earlier one. */
    public void onKernel(KernelListener listener) {
        kernels = listener;
    }

    void tracedKernel(String name, Trace trace) {
        kernels.traced(name, trace.graph(), trace.parameters());
    }

    /** What took time: one entry for each training and sampling, in order. */
    public List<Map<String, Object>> work() {
        return work;
    }

    /** Does something and keeps how long it took in the run's record, with what is to be said of it. */
    public <T> T timed(String what, Map<String, Object> about, Supplier<T> doing) {
        long start = System.nanoTime();
        T result = doing.get();
        Map<String, Object> entry = new LinkedHashMap<>(Map.of("call", what));
        entry.put("seconds", Math.round((System.nanoTime() - start) / 1e6) / 1e3);
        entry.putAll(about);
        work.add(entry);
        return result;
    }

    /** Files written so far. */
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
            region = region.end(Reach::new);
        }
    }
}
