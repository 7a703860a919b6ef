package org.sdescript.bench.kernels;

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
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** The perceptron {@code mlp} of stdlib/networks.sde, with blocks written as in DJL's documentation. */
final class HandWrittenPerceptron extends AbstractBlock {
    private final Block time1;
    private final Block time2;
    private final Block first;
    private final List<Block> layers = new ArrayList<>();
    private final Block last;
    private final int features;

    HandWrittenPerceptron(int hidden, int depth, int features) {
        super((byte) 1);
        this.features = features;
        time1 = addChildBlock("time1", Linear.builder().setUnits(hidden).build());
        time2 = addChildBlock("time2", Linear.builder().setUnits(hidden).build());
        first = addChildBlock("first", Linear.builder().setUnits(hidden).build());
        for (int i = 0; i < depth; i++) {
            layers.add(
                    addChildBlock("layer" + i, Linear.builder().setUnits(hidden).build()));
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
