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
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** The network of {@link UNetScript}, with blocks written as in DJL's documentation. */
final class HandWrittenUNet {
    private static final int BASE = 64;
    private static final int GROUPS = 8;

    private HandWrittenUNet() {}

    static Block network() {
        return new Network();
    }

    private static Block convolution(int channels, int kernel, int stride) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .setFilters(channels)
                .build();
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static NDArray apply(ParameterStore store, Block block, NDArray x, boolean training) {
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    private static NDArray silu(NDArray x) {
        return Activation.swish(x, 1);
    }

    /** A block of single arrays whose shape is known. */
    private abstract static class Piece extends AbstractBlock {
        Piece() {
            super((byte) 1);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {inputs[0]};
        }
    }

    private static final class GroupNorm extends Piece {
        private final int channels;
        private final Parameter gamma;
        private final Parameter beta;

        GroupNorm(int channels) {
            this.channels = channels;
            gamma = addParameter(Parameter.builder()
                    .setName("gamma")
                    .setType(Parameter.Type.GAMMA)
                    .optShape(new Shape(1, channels, 1, 1))
                    .build());
            beta = addParameter(Parameter.builder()
                    .setName("beta")
                    .setType(Parameter.Type.BETA)
                    .optShape(new Shape(1, channels, 1, 1))
                    .build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray x = inputs.singletonOrThrow();
            Shape shape = x.getShape();
            NDArray groups = x.reshape(shape.get(0), GROUPS, -1);
            NDArray centred = groups.sub(groups.mean(new int[] {2}, true));
            NDArray variance = centred.square().mean(new int[] {2}, true);
            NDArray normal = centred.div(variance.add(1e-5f).sqrt()).reshape(shape);
            return new NDList(normal.mul(store.getValue(gamma, x.getDevice(), training))
                    .add(store.getValue(beta, x.getDevice(), training)));
        }
    }

    private static final class ResidualBlock extends Piece {
        private final int channels;
        private final Block norm1;
        private final Block conv1;
        private final Block shift;
        private final Block norm2;
        private final Block conv2;
        private final Block skip;

        ResidualBlock(int given, int channels) {
            this.channels = channels;
            norm1 = addChildBlock("norm1", new GroupNorm(given));
            conv1 = addChildBlock("conv1", convolution(channels, 3, 1));
            shift = addChildBlock("shift", linear(channels));
            norm2 = addChildBlock("norm2", new GroupNorm(channels));
            conv2 = addChildBlock("conv2", convolution(channels, 3, 1));
            skip = given == channels ? null : addChildBlock("skip", convolution(channels, 1, 1));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray h = inputs.get(0);
            NDArray time = inputs.get(1);
            NDArray y = apply(store, conv1, silu(apply(store, norm1, h, training)), training);
            y = y.add(apply(store, shift, silu(time), training).reshape(-1, channels, 1, 1));
            y = apply(store, conv2, silu(apply(store, norm2, y, training)), training);
            return new NDList(y.add(skip == null ? h : apply(store, skip, h, training)));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            Shape h = inputs[0];
            Shape y = new Shape(h.get(0), channels, h.get(2), h.get(3));
            norm1.initialize(manager, type, h);
            conv1.initialize(manager, type, h);
            shift.initialize(manager, type, inputs[1]);
            norm2.initialize(manager, type, y);
            conv2.initialize(manager, type, y);
            if (skip != null) {
                skip.initialize(manager, type, h);
            }
        }
    }

    private static final class Network extends Piece {
        private final Block time1 = addChildBlock("time1", linear(2 * BASE));
        private final Block time2 = addChildBlock("time2", linear(2 * BASE));
        private final Block first = addChildBlock("first", convolution(BASE, 3, 1));
        private final Block block1 = addChildBlock("block1", new ResidualBlock(BASE, BASE));
        private final Block down1 = addChildBlock("down1", convolution(BASE, 3, 2));
        private final Block block2 = addChildBlock("block2", new ResidualBlock(BASE, 2 * BASE));
        private final Block down2 = addChildBlock("down2", convolution(2 * BASE, 3, 2));
        private final Block block3 = addChildBlock("block3", new ResidualBlock(2 * BASE, 2 * BASE));
        private final Block block4 = addChildBlock("block4", new ResidualBlock(2 * BASE, 2 * BASE));
        private final Block up2 = addChildBlock("up2", new ResidualBlock(4 * BASE, 2 * BASE));
        private final Block up1 = addChildBlock("up1", new ResidualBlock(3 * BASE, BASE));
        private final Block norm = addChildBlock("norm", new GroupNorm(BASE));
        private final Block last = addChildBlock("last", convolution(1, 3, 1));

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray x = inputs.get(0);
            NDArray t = inputs.get(1);
            NDManager manager = t.getManager();
            NDArray frequencies = manager.arange(0f, BASE / 2, 1f)
                    .mul((float) (-Math.log(10_000) / (BASE / 2)))
                    .exp();
            NDArray angles = t.mul(1000f).reshape(-1, 1).mul(frequencies.reshape(1, -1));
            NDArray waves = NDArrays.concat(new NDList(angles.sin(), angles.cos()), 1);
            NDArray time = apply(store, time2, silu(apply(store, time1, waves, training)), training);
            NDArray h1 = block(store, block1, apply(store, first, x, training), time, training);
            NDArray h2 = block(store, block2, apply(store, down1, h1, training), time, training);
            NDArray h3 = block(store, block3, apply(store, down2, h2, training), time, training);
            h3 = block(store, block4, h3, time, training);
            NDArray u2 = block(store, up2, NDArrays.concat(new NDList(twice(h3), h2), 1), time, training);
            NDArray u1 = block(store, up1, NDArrays.concat(new NDList(twice(u2), h1), 1), time, training);
            return new NDList(apply(store, last, silu(apply(store, norm, u1, training)), training));
        }

        private static NDArray block(ParameterStore store, Block block, NDArray h, NDArray time, boolean training) {
            return block.forward(store, new NDList(h, time), training).singletonOrThrow();
        }

        private static NDArray twice(NDArray h) {
            return h.repeat(2, 2).repeat(3, 2);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            long n = inputs[0].get(0);
            Shape time = new Shape(n, 2 * BASE);
            time1.initialize(manager, type, new Shape(n, BASE));
            time2.initialize(manager, type, time);
            first.initialize(manager, type, inputs[0]);
            block1.initialize(manager, type, new Shape(n, BASE, 32, 32), time);
            down1.initialize(manager, type, new Shape(n, BASE, 32, 32));
            block2.initialize(manager, type, new Shape(n, BASE, 16, 16), time);
            down2.initialize(manager, type, new Shape(n, 2 * BASE, 16, 16));
            block3.initialize(manager, type, new Shape(n, 2 * BASE, 8, 8), time);
            block4.initialize(manager, type, new Shape(n, 2 * BASE, 8, 8), time);
            up2.initialize(manager, type, new Shape(n, 4 * BASE, 16, 16), time);
            up1.initialize(manager, type, new Shape(n, 3 * BASE, 32, 32), time);
            norm.initialize(manager, type, new Shape(n, BASE, 32, 32));
            last.initialize(manager, type, new Shape(n, BASE, 32, 32));
        }
    }
}
