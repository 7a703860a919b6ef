package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.files.FileFault;
import org.sdescript.graph.DType;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;
import org.sdescript.torchscript.ScriptTarget;

/**
 * One device and all native memory on it. Opening a backend loads the native library; nothing loads it earlier. A
 * backend belongs to one thread at a time: the one that opened it, or the last that {@linkplain #enterThread entered}.
 */
public final class Backend implements AutoCloseable {
    private final Engine engine;
    private final Device device;
    private final PtNDManager root;
    private final Execution execution;
    private final int threads;
    private final HostBuffers staging;
    private final LoadedModules modules;
    private final List<ForeignModule> foreign = new ArrayList<>();
    private MatmulPrecision products = MatmulPrecision.PLAIN;
    private final Lifetimes lifetimes = new Lifetimes();
    private final MemoryLimit memory = new MemoryLimit(lifetimes);

    private Backend(Engine engine, Device device, Execution execution, int threads) {
        this.threads = threads;
        this.engine = engine;
        this.device = device;
        this.execution = execution;
        this.modules = new LoadedModules(device);
        this.root = (PtNDManager) engine.newBaseManager(device);
        this.staging = new HostBuffers(device);
    }

    /**
     * @param device {@code auto} (the first GPU, else the CPU), {@code cpu}, {@code gpu} or {@code gpu:1}
     * @param threads largest number of native threads per operation, 0 for the engine's own choice
     */
    public static Backend open(String device, int threads, Execution execution) {
        return open(device, threads, execution, MatmulPrecision.PLAIN);
    }

    public static Backend open(String device, int threads, Execution execution, MatmulPrecision products) {
        Engine engine = NativeLibrary.load(products == MatmulPrecision.TF32);
        Convolutions.settle(
                NativeCache.verdicts(),
                engine.getVersion(),
                () -> new Backend(engine, Device.cpu(), Execution.TORCHSCRIPT, 0));
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
        Backend backend = new Backend(engine, Devices.choose(engine, device), execution, threads);
        backend.compute(products);
        return backend;
    }

    /**
     * Prepares a thread that did not open the backend but is to run its kernels: otherwise the engine records gradients on
     * it, optimises each script anew, and takes as many threads as the backend that was opened last.
     */
    public void enterThread() {
        NativeLibrary.prepareThread();
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
    }

    /** Sets the precision of layer products for kernels compiled from now on. */
    public void compute(MatmulPrecision chosen) {
        products = chosen;
    }

    /** Throws if the name is not a device name on any machine. */
    public static void requireDeviceName(String name) {
        Devices.requireName(name);
    }

    /** The number of GPUs that the engine sees. */
    public static int gpus() {
        return NativeLibrary.load(false).getGpuCount();
    }

    public String deviceName() {
        return Devices.describe(device);
    }

    /** One line with the engine's version, its origin, the device and the threads. */
    public String description() {
        int threads = JniUtils.getNumThreads();
        String from =
                NativeCache.bundled().map(cache -> " from " + cache.folder()).orElse("");
        return "PyTorch " + engine.getVersion() + " through DJL " + Engine.getDjlVersion() + from + ", on "
                + deviceName() + " with " + threads + (threads == 1 ? " thread" : " threads");
    }

    /** The versions of the native libraries, by name. */
    public Map<String, String> versions() {
        return Map.of("djl", Engine.getDjlVersion(), "pytorch", engine.getVersion());
    }

    public Tensor tensor(DType dtype, Shape shape, double[] values) {
        return adopt(staging.upload(root, dtype, shape, values), new Type.TensorType(dtype, shape));
    }

    public Tensor tensor(Shape shape, float[] values) {
        return adopt(staging.upload(root, shape, values), new Type.TensorType(DType.FLOAT32, shape));
    }

    public Tensor tensor(Shape shape, long[] values) {
        return adopt(staging.upload(root, shape, values), new Type.TensorType(DType.INT64, shape));
    }

    /** A view of some rows: shows later changes of the tensor, and keeps its memory alive. */
    public Tensor rows(Tensor tensor, long from, long to) {
        PtNDArray view = JniUtils.slice(tensor.array(), 0, from, to, 1);
        return adopt(view, new Type.TensorType(tensor.dtype(), tensor.shape().with(0, to - from)));
    }

    /** Compiles a graph. Callers that run the graph often should cache the result. */
    public CompiledGraph compile(Graph graph, ParameterInputs parameters) {
        return switch (isForeign(graph) ? Execution.EAGER : execution) {
            case TORCHSCRIPT -> new ScriptKernel(this, graph, parameters);
            case EAGER -> eager(graph);
        };
    }

    /** True if the graph calls a foreign module, which no TorchScript kernel can call. */
    static boolean isForeign(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> node.operation() instanceof Operation.Foreign
                        || node.operation() instanceof Operation.ForeignGradient);
    }

    /** Loads a module that was saved elsewhere; the module lives until the backend is closed. */
    public ForeignModule foreign(Path file) {
        ForeignModule module = ForeignModule.load(file, device);
        foreign.add(module);
        return module;
    }

    /** Loads a module from the bytes of its file, with the same checks. */
    public ForeignModule foreign(byte[] archive) {
        try {
            Path file = Files.createTempFile("imported", ".pt");
            file.toFile().deleteOnExit();
            Files.write(file, archive);
            return foreign(file);
        } catch (IOException failure) {
            throw FileFault.writing(Path.of(System.getProperty("java.io.tmpdir")), failure);
        }
    }

    /** Lowers the graph to single calls of the engine. */
    EagerKernel eager(Graph graph) {
        Planner plan = new Planner(graph.inputs().size());
        graph.nodes().forEach(node -> EngineLowering.lower(node, plan));
        return plan.kernel(this, graph.inputs(), graph.outputs());
    }

    /** Runs one operation immediately. */
    public Operand apply(Operation operation, List<? extends Operand> operands, RandomStream random) {
        return apply(operation, operands, random, null);
    }

    /** @param span the source of the operation, for errors; may be null */
    public Operand apply(
            Operation operation, List<? extends Operand> operands, RandomStream random, @Nullable Span span) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        operands.forEach(operand -> inputs.add(graph.input(operand.type(), null)));
        Node result = graph.add(operation, inputs, span);
        return eager(graph.build(List.of(result))).run(operands, random).getFirst();
    }

    /** The free memory of the machine, in bytes. */
    public long memoryLeft() {
        return memory.left();
    }

    /** The bytes of all tensors not yet freed; called by any thread. */
    public long tensorBytes() {
        return lifetimes.bytes();
    }

    /** The number of live tensors, for tests of lifetimes. */
    public int liveTensors() {
        lifetimes.collect();
        return lifetimes.count();
    }

    /**
     * Ends the process at once, although a thread may be computing: the usual exits run destructors of the native
     * library under that thread, which crashes. Nothing runs afterwards, no hook and no finally.
     */
    public static void leave(int status) {
        System.out.flush();
        System.err.flush();
        if (!NativeLibrary.isLoading()) {
            Runtime.getRuntime().halt(status);
        }
        String name = System.getProperty("os.name").startsWith("Windows") ? "msvcrt" : "c";
        Function.getFunction(name, "_exit").invoke(new Object[] {status});
    }

    @Override
    public void close() {
        modules.close();
        foreign.forEach(ForeignModule::close);
        root.close();
    }

    PtNDManager scope() {
        lifetimes.collect();
        return root.newSubManager(device);
    }

    /** The owner of arrays that live as long as their tensor. */
    PtNDManager root() {
        return root;
    }

    GradientCollector newGradientCollector() {
        return engine.newGradientCollector();
    }

    /** The number of arrays attached to the backend; larger than the number of live tensors only if arrays leak. */
    int attachedArrays() {
        return root.getManagedArrays().size();
    }

    HostBuffers staging() {
        return staging;
    }

    LoadedModules modules() {
        return modules;
    }

    Execution execution() {
        return execution;
    }

    /** The compiler for this device and the current precision. */
    KernelCompiler compiler() {
        String name = device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
        return new KernelCompiler(modules, new ScriptTarget(name, products == MatmulPrecision.BFLOAT16));
    }

    /** Throws if a graph, about to run, would not fit into memory. */
    void expect(Footprint graph) {
        lifetimes.collect();
        if (!device.isGpu()) {
            memory.expect(graph);
        }
    }

    /**
     * Throws if a parameter, about to be drawn, would not fit into memory; on a GPU the engine checks its own memory.
     */
    void expectParameter(String name, Type.TensorType type, long others, Span span) {
        if (device.isGpu()) {
            MemoryLimit.requireInJava(name, type, span);
        } else {
            memory.expectParameter(name, type, others, span);
        }
    }

    /** Throws if a value, about to be computed, would not fit into memory. */
    void expect(Node node) {
        if (!device.isGpu()) {
            memory.expect(node);
        }
    }

    /** Takes ownership of an array from a scope or from the root. */
    Tensor adopt(PtNDArray array, Type.TensorType type) {
        if (array.getManager() != root) {
            array.attach(root);
        }
        return new Tensor(array, type, lifetimes);
    }

    /** Takes ownership of a tensor that native code returned. */
    Tensor adopt(long handle, Type.TensorType type) {
        return new Tensor(new PtNDArray(root, handle), type, lifetimes);
    }
}
