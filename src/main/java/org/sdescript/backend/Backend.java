package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import com.sun.jna.Function;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.DType;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;
import org.sdescript.torchscript.Target;

/**
 * One device and all native memory on it. Opening loads the native library; nothing before does. A backend belongs to
 * the thread that opened it.
 */
public final class Backend implements AutoCloseable {
    private final Engine engine;
    private final Device device;
    private final PtNDManager root;
    private final Execution execution;
    private final Staging staging;
    private final ScriptModules modules;
    private final List<ForeignModule> foreign = new ArrayList<>();
    private Products products = Products.PLAIN;
    private final Lifetimes lifetimes = new Lifetimes();
    private final Memory memory = new Memory(lifetimes);

    private Backend(Engine engine, Device device, Execution execution) {
        this.engine = engine;
        this.device = device;
        this.execution = execution;
        this.modules = new ScriptModules(device);
        this.root = (PtNDManager) engine.newBaseManager(device);
        this.staging = new Staging(device);
    }

    /**
     * @param device {@code auto} (the first GPU where there is one), {@code cpu}, {@code gpu} or {@code gpu:1}
     * @param threads native threads one operation may use, 0 for the engine's own choice
     */
    public static Backend open(String device, int threads, Execution execution) {
        return open(device, threads, execution, Products.PLAIN);
    }

    public static Backend open(String device, int threads, Execution execution, Products products) {
        Engine engine = NativeLibrary.load(products == Products.TF32);
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
        Backend backend = new Backend(engine, Devices.choose(engine, device), execution);
        backend.compute(products);
        return backend;
    }

    /** Computes the products of layers so in kernels that are compiled from now on. */
    public void compute(Products chosen) {
        products = chosen;
    }

    /** Refuses a name that no device has. */
    public static void requireDeviceName(String name) {
        Devices.requireName(name);
    }

    /** How many GPUs the engine sees. */
    public static int gpus() {
        return NativeLibrary.load(false).getGpuCount();
    }

    public String deviceName() {
        return Devices.describe(device);
    }

    /** In a line: what computes, where it is from, and on what. */
    public String description() {
        int threads = JniUtils.getNumThreads();
        String from =
                NativeCache.bundled().map(cache -> " from " + cache.folder()).orElse("");
        return "PyTorch " + engine.getVersion() + " through DJL " + Engine.getDjlVersion() + from + ", on "
                + deviceName() + " with " + threads + (threads == 1 ? " thread" : " threads");
    }

    /** The versions of what computes, by name. */
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

    /** Some of the rows of a tensor, which shows changes of it and keeps its memory alive. */
    public Tensor rows(Tensor tensor, long from, long to) {
        PtNDArray view = JniUtils.slice(tensor.array(), 0, from, to, 1);
        return adopt(view, new Type.TensorType(tensor.dtype(), tensor.shape().with(0, to - from)));
    }

    /** A graph made ready; worth keeping by whoever runs it often. */
    public CompiledGraph compile(Graph graph, ParameterInputs parameters) {
        return switch (isForeign(graph) ? Execution.EAGER : execution) {
            case TORCHSCRIPT -> new ScriptKernel(this, graph, parameters);
            case EAGER -> eager(graph);
        };
    }

    /** Whether a graph has a part that its text cannot call. */
    static boolean isForeign(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> node.operation() instanceof Operation.Foreign
                        || node.operation() instanceof Operation.ForeignGradient);
    }

    /** A module that was saved elsewhere; it stays until the backend is closed. */
    public ForeignModule foreign(Path file) {
        ForeignModule module = ForeignModule.load(file, device);
        foreign.add(module);
        return module;
    }

    /** The graph as single calls of the engine. */
    EagerKernel eager(Graph graph) {
        Planner plan = new Planner(graph.inputs().size());
        graph.nodes().forEach(node -> Lowering.lower(node, plan));
        return plan.kernel(this, graph.inputs(), graph.outputs());
    }

    /** One operation at once. */
    public Operand apply(Operation operation, List<? extends Operand> operands, RandomStream random) {
        return apply(operation, operands, random, null);
    }

    /** @param span the expression it comes from, for errors; may be null */
    public Operand apply(Operation operation, List<? extends Operand> operands, RandomStream random, Span span) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        operands.forEach(operand -> inputs.add(graph.input(operand.type(), null)));
        Node result = graph.add(operation, inputs, span);
        return eager(graph.build(List.of(result))).run(operands, random).getFirst();
    }

    /** What of the machine's memory may still be taken, in bytes. */
    public long memoryLeft() {
        return memory.left();
    }

    /** How many tensors are alive, for tests of lifetimes. */
    public int liveTensors() {
        lifetimes.collect();
        return lifetimes.count();
    }

    /**
     * Ends the process at once and cleanly though a thread may be computing: the usual ways run destructors of the
     * native library under that thread's feet, which crashes. Nothing else runs after this, no hook and no finally.
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
        return (PtNDManager) root.newSubManager(device);
    }

    /** The owner of what lives as long as its tensor. */
    PtNDManager root() {
        return root;
    }

    GradientCollector newGradientCollector() {
        return engine.newGradientCollector();
    }

    /** Arrays attached to the backend itself: those of live tensors, or something leaks. */
    int attachedArrays() {
        return root.getManagedArrays().size();
    }

    Staging staging() {
        return staging;
    }

    ScriptModules modules() {
        return modules;
    }

    Execution execution() {
        return execution;
    }

    /** What scripts are written for. */
    Target target() {
        return new Target(device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu", products == Products.BFLOAT16);
    }

    /** To be told of each graph before it is run: refuses what there is no memory for. */
    void expect(Footprint graph) {
        lifetimes.collect();
        if (!device.isGpu()) {
            memory.expect(graph);
        }
    }

    /** To be told of each parameter before it is drawn; on a GPU the engine refuses what does not fit there. */
    void expectParameter(String name, Type.TensorType type, long others, Span span) {
        if (device.isGpu()) {
            Memory.requireInJava(name, type, span);
        } else {
            memory.expectParameter(name, type, others, span);
        }
    }

    /** To be told of each value before it is computed: refuses what there is no memory for. */
    void expect(Node node) {
        if (!device.isGpu()) {
            memory.expect(node);
        }
    }

    /** Takes an array over from a scope, or from the root itself. */
    Tensor adopt(PtNDArray array, Type.TensorType type) {
        if (array.getManager() != root) {
            array.attach(root);
        }
        return new Tensor(array, type, lifetimes);
    }

    /** Takes over a tensor that native code has returned. */
    Tensor adopt(long handle, Type.TensorType type) {
        return new Tensor(new PtNDArray(root, handle), type, lifetimes);
    }
}
