package org.sdescript.bench.kernels;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** The perceptron of the standard library and its steps as DJL's documentation teaches to write them: blocks, a trainer, arrays. */
final class HandWritten implements AutoCloseable {
    /** See {@code mlp} in stdlib/networks.sde. */
    private static final class Perceptron extends AbstractBlock {
        private final Block time1;
        private final Block time2;
        private final Block first;
        private final List<Block> layers = new ArrayList<>();
        private final Block last;
        private final int features;

        Perceptron(int hidden, int depth, int features) {
            super((byte) 1);
            this.features = features;
            time1 = addChildBlock("time1", Linear.builder().setUnits(hidden).build());
            time2 = addChildBlock("time2", Linear.builder().setUnits(hidden).build());
            first = addChildBlock("first", Linear.builder().setUnits(hidden).build());
            for (int i = 0; i < depth; i++) {
                layers.add(addChildBlock(
                        "layer" + i, Linear.builder().setUnits(hidden).build()));
            }
            last = addChildBlock("last", Linear.builder().setUnits(2).build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray x = inputs.get(0);
            NDArray t = inputs.get(1);
            NDArray frequencies = t.getManager().arange(0f, features / 2, 1f).mul(0.3f);
            NDArray angles = t.reshape(-1, 1).mul(frequencies.reshape(1, -1));
            NDArray waves = NDArrays.concat(new NDList(angles.sin(), angles.cos()), 1);
            NDArray time = apply(store, time2, Activation.swish(apply(store, time1, waves, training), 1), training);
            NDArray h = apply(store, first, x, training);
            for (Block layer : layers) {
                h = h.add(apply(store, layer, Activation.swish(h.add(time), 1), training));
            }
            return new NDList(apply(store, last, Activation.swish(h, 1), training));
        }

        private static NDArray apply(ParameterStore store, Block block, NDArray x, boolean training) {
            return block.forward(store, new NDList(x), training).singletonOrThrow();
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {inputs[0]};
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            Shape waves = new Shape(1, features);
            time1.initialize(manager, type, waves);
            Shape hidden = time1.getOutputShapes(new Shape[] {waves})[0];
            time2.initialize(manager, type, hidden);
            first.initialize(manager, type, inputs[0]);
            layers.forEach(layer -> layer.initialize(manager, type, hidden));
            last.initialize(manager, type, hidden);
        }
    }

    private final Model model = Model.newInstance("perceptron", "PyTorch");
    private final Perceptron network = new Perceptron(128, 4, 64);
    private final Trainer trainer;
    private final NDManager manager;
    private final int batch;
    private NDArray x;

    HandWritten(int batch) {
        this.batch = batch;
        model.setBlock(network);
        DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .build());
        trainer = model.newTrainer(config);
        trainer.initialize(new Shape(batch, 2), new Shape(batch));
        manager = trainer.getManager().newSubManager();
        x = manager.randomNormal(new Shape(batch, 2));
    }

    /** Reverse diffusion of VP from t by dt. */
    void samplingStep(double t, double dt) {
        double variance = -Math.expm1(-(0.1 * t + 9.95 * t * t));
        double step = (0.1 + 19.9 * t) * dt;
        try (NDManager scope = manager.newSubManager()) {
            x.tempAttach(scope);
            NDArray times = scope.full(new Shape(batch), (float) t);
            ParameterStore store = new ParameterStore(scope, false);
            NDArray noise = network.forward(store, new NDList(x, times), false).singletonOrThrow();
            NDArray score = noise.div((float) -Math.sqrt(variance));
            NDArray mean = x.mul((float) (2 - Math.sqrt(1 - step))).add(score.mul((float) step));
            NDArray next = mean.add(scope.randomNormal(new Shape(batch, 2)).mul((float) Math.sqrt(step)));
            next.attach(manager);
            x.close();
            x = next;
        }
    }

    /** Denoising score matching, weighed by variance. */
    void trainingStep(NDArray data) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray rows = scope.randomInteger(0, data.getShape().get(0), new Shape(batch), DataType.INT64);
            data.tempAttach(scope);
            NDArray x0 = data.get(rows);
            NDArray t = scope.randomUniform(1e-5f, 1f, new Shape(batch));
            NDArray exponent = t.mul(0.1f).add(t.mul(t).mul(9.95f));
            NDArray mean = exponent.mul(-0.5f).exp().reshape(-1, 1);
            NDArray std = exponent.neg().exp().neg().add(1).sqrt().reshape(-1, 1);
            NDArray noise = scope.randomNormal(new Shape(batch, 2));
            NDArray noised = x0.mul(mean).add(noise.mul(std));
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray output = trainer.forward(new NDList(noised, t)).singletonOrThrow();
                NDArray loss = output.sub(noise).square().mean();
                collector.backward(loss);
                loss.getFloat();
                output.close();
                loss.close();
            }
            trainer.step();
        }
    }

    /** The network's divergence at x by one probe, estimated as v · ∇ₓ(v · f(x)). */
    void divergence(int times) {
        for (int i = 0; i < times; i++) {
            try (NDManager scope = manager.newSubManager();
                    GradientCollector collector = trainer.newGradientCollector()) {
                NDArray at = x.duplicate();
                at.attach(scope);
                at.setRequiresGradient(true);
                NDArray probe = scope.randomNormal(new Shape(batch, 2)).sign();
                NDArray times01 = scope.full(new Shape(batch), 0.5f);
                NDArray f = network.forward(new ParameterStore(scope, false), new NDList(at, times01), false)
                        .singletonOrThrow();
                collector.backward(f.mul(probe).sum());
                at.getGradient().mul(probe).sum(new int[] {1}).toByteBuffer();
            }
        }
    }

    NDArray data() {
        return manager.randomNormal(new Shape(20_000, 2));
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
