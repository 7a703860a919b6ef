package org.sdescript.bench.kernels;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;

/** Steps of VP with a network, written as in DJL's documentation: a trainer, a gradient collector, arrays in scopes. */
final class HandWrittenSteps implements AutoCloseable {
    private final Model model = Model.newInstance("network", "PyTorch");
    private final Block network;
    private final Trainer trainer;
    private final NDManager manager;
    private final Shape shape;
    private final Shape column;
    private final NDArray data;
    private NDArray x;

    /**
     * @param network network of x and t
     * @param shape shape of a batch
     * @param samples number of samples in the data
     */
    HandWrittenSteps(Block network, Shape shape, int samples) {
        this.network = network;
        this.shape = shape;
        model.setBlock(network);
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .build()));
        trainer.initialize(shape, new Shape(shape.get(0)));
        manager = trainer.getManager().newSubManager();
        x = manager.randomNormal(shape);
        data = manager.randomNormal(new Shape(samples).addAll(shape.slice(1)));
        long[] sizes = new long[shape.dimension()];
        Arrays.fill(sizes, 1);
        sizes[0] = -1;
        column = new Shape(sizes);
    }

    /** Runs the network alone. */
    void forward(int times) {
        for (int i = 0; i < times; i++) {
            try (NDManager scope = manager.newSubManager()) {
                x.tempAttach(scope);
                noise(scope, x, 0.5).toByteBuffer();
            }
        }
    }

    /** Runs steps of reverse diffusion. */
    void sample(int times) {
        for (int i = 0; i < times; i++) {
            samplingStep(1 - 0.9 * i / times, 1e-3);
        }
    }

    /** Runs steps of denoising score matching, weighted by the variance. */
    void train(int times) {
        for (int i = 0; i < times; i++) {
            trainingStep();
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
                NDArray probe = scope.randomNormal(shape).sign();
                collector.backward(noise(scope, at, 0.5).mul(probe).sum());
                at.getGradient().mul(probe).sum(new int[] {1}).toByteBuffer();
            }
        }
    }

    private NDArray noise(NDManager scope, NDArray at, double t) {
        NDArray times = scope.full(new Shape(shape.get(0)), (float) t);
        return network.forward(new ParameterStore(scope, false), new NDList(at, times), false)
                .singletonOrThrow();
    }

    private void samplingStep(double t, double dt) {
        double variance = -Math.expm1(-(0.1 * t + 9.95 * t * t));
        double step = (0.1 + 19.9 * t) * dt;
        try (NDManager scope = manager.newSubManager()) {
            x.tempAttach(scope);
            NDArray score = noise(scope, x, t).div((float) -Math.sqrt(variance));
            NDArray mean = x.mul((float) (2 - Math.sqrt(1 - step))).add(score.mul((float) step));
            NDArray next = mean.add(scope.randomNormal(shape).mul((float) Math.sqrt(step)));
            next.attach(manager);
            x.close();
            x = next;
        }
    }

    private void trainingStep() {
        long batch = shape.get(0);
        try (NDManager scope = manager.newSubManager()) {
            NDArray rows = scope.randomInteger(0, data.getShape().get(0), new Shape(batch), DataType.INT64);
            data.tempAttach(scope);
            NDArray x0 = data.get(rows);
            NDArray t = scope.randomUniform(1e-5f, 1f, new Shape(batch));
            NDArray exponent = t.mul(0.1f).add(t.mul(t).mul(9.95f));
            NDArray mean = exponent.mul(-0.5f).exp().reshape(column);
            NDArray std = exponent.neg().exp().neg().add(1).sqrt().reshape(column);
            NDArray noise = scope.randomNormal(shape);
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

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
