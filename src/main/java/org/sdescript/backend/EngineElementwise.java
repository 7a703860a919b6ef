package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.UnaryOperation;

/**
 * The elementwise functions as calls of the engine, one line each, followed by the functions that the engine's
 * interface lacks.
 */
final class EngineElementwise {
    private static final Shape NO_AXES = new Shape();
    /** Below this bound e^x − 1 is −1 in double. */
    private static final double EXPM1_FLOOR = -50;
    /** Above this bound the engine's softplus returns its argument. */
    private static final double SOFTPLUS_THRESHOLD = 20;

    private EngineElementwise() {}

    static UnaryOperator<PtNDArray> function(UnaryOperation function, DType dtype) {
        return switch (function) {
            case NEGATE -> JniUtils::neg;
            case RECIPROCAL -> EngineElementwise::reciprocal;
            case SQUARE -> JniUtils::square;
            case SQRT -> JniUtils::sqrt;
            case EXP -> JniUtils::exp;
            case EXPM1 -> EngineElementwise::expm1;
            case LOG -> JniUtils::log;
            case LOG1P -> EngineElementwise::log1p;
            case ABS -> JniUtils::abs;
            case SIGN -> JniUtils::sign;
            case FLOOR -> dtype.isFloating() ? JniUtils::floor : x -> cast(x, dtype);
            case CEIL -> dtype.isFloating() ? JniUtils::ceil : x -> cast(x, dtype);
            case ROUND -> dtype.isFloating() ? JniUtils::round : x -> cast(x, dtype);
            case SIN -> JniUtils::sin;
            case COS -> JniUtils::cos;
            case TAN -> JniUtils::tan;
            case SINH -> JniUtils::sinh;
            case COSH -> JniUtils::cosh;
            case TANH -> JniUtils::tanh;
            case ATAN -> JniUtils::atan;
            case ERF -> JniUtils::erf;
            case SIGMOID -> JniUtils::sigmoid;
            case SILU -> EngineElementwise::silu;
            case RELU -> JniUtils::relu;
            case GELU -> JniUtils::gelu;
            case ELU -> x -> JniUtils.elu(x, 1.0);
            case SOFTPLUS -> dtype == DType.FLOAT64 ? EngineElementwise::preciseSoftplus : JniUtils::softPlus;
            case NOT -> JniUtils::logicalNot;
        };
    }

    static BinaryOperator<PtNDArray> function(BinaryOperation function) {
        return switch (function) {
            case ADD -> JniUtils::add;
            case SUBTRACT -> JniUtils::sub;
            case MULTIPLY -> JniUtils::mul;
            case DIVIDE -> JniUtils::div;
            case MODULO -> JniUtils::remainder;
            case POWER -> JniUtils::pow;
            case MINIMUM -> JniUtils::min;
            case MAXIMUM -> JniUtils::max;
            case EQUAL -> JniUtils::eq;
            case NOT_EQUAL -> JniUtils::neq;
            case LESS -> JniUtils::lt;
            case LESS_EQUAL -> JniUtils::lte;
            case GREATER -> JniUtils::gt;
            case GREATER_EQUAL -> JniUtils::gte;
            case AND -> JniUtils::logicalAnd;
            case OR -> JniUtils::logicalOr;
        };
    }

    /** Converts to a dtype; a gradient passes between floating dtypes. */
    static PtNDArray cast(PtNDArray x, DType dtype) {
        DataType from = x.getDataType();
        DataType to = DjlTypes.dataType(dtype);
        return JniUtils.isGradMode() && from != to && from.isFloating() && to.isFloating()
                ? castWithGradient(x, to)
                : JniUtils.to(x, to, x.getDevice());
    }

    /**
     * Converts between floating dtypes with a gradient, which the engine's {@code to} drops. The engine's running
     * product takes the dtype of its result and has a gradient; along an axis of length 1 the product is the element
     * itself.
     */
    private static PtNDArray castWithGradient(PtNDArray x, DataType type) {
        try (PtNDArray row = JniUtils.unsqueeze(x, 0);
                PtNDArray cast = JniUtils.cumProd(row, 0, type)) {
            return JniUtils.squeeze(cast, 0);
        }
    }

    /** A number as a tensor, in the dtype of {@code x}. */
    static PtNDArray constant(PtNDArray x, double value) {
        return constant(x.getManager(), value, x.getDataType());
    }

    /**
     * A number as a tensor without axes, on the host: every device reads the number there without waiting, and the
     * dtype of an operation with it does not change.
     */
    static PtNDArray constant(PtNDManager owner, double value, DataType type) {
        double held = type == DataType.FLOAT32 ? DType.FLOAT32.holding(value) : value;
        return JniUtils.full(owner, NO_AXES, held, type, Device.cpu(), SparseFormat.DENSE);
    }

    private static PtNDArray reciprocal(PtNDArray x) {
        try (PtNDArray one = constant(x, 1)) {
            return JniUtils.div(one, x);
        }
    }

    private static PtNDArray silu(PtNDArray x) {
        try (PtNDArray gate = JniUtils.sigmoid(x)) {
            return JniUtils.mul(x, gate);
        }
    }

    /** e^x − 1 = 2 e^(x/2) sinh(x/2), which neither cancels at 0 nor overflows before e^x does. */
    private static PtNDArray expm1(PtNDArray x) {
        try (PtNDArray floor = constant(x, EXPM1_FLOOR);
                PtNDArray clipped = JniUtils.max(x, floor);
                PtNDArray two = constant(x, 2);
                PtNDArray half = JniUtils.div(clipped, two);
                PtNDArray power = JniUtils.exp(half);
                PtNDArray sinh = JniUtils.sinh(half);
                PtNDArray doubled = JniUtils.mul(two, sinh)) {
            return JniUtils.mul(doubled, power);
        }
    }

    /**
     * log(1 + x) = log u + (x − (u − 1))/u with u = 1 + x rounded: the second term is the rounding error. Derivatives
     * treat the term as a constant; it is 0 where u is 0 or infinite.
     */
    private static PtNDArray log1p(PtNDArray x) {
        try (PtNDArray one = constant(x, 1);
                PtNDArray u = JniUtils.add(x, one);
                PtNDArray logarithm = JniUtils.log(u);
                PtNDArray lost = roundingLoss(x, u, one)) {
            return JniUtils.add(logarithm, lost);
        }
    }

    private static PtNDArray roundingLoss(PtNDArray x, PtNDArray u, PtNDArray one) {
        try (PtNDArray exact = JniUtils.detachGradient(x);
                PtNDArray rounded = JniUtils.detachGradient(u);
                PtNDArray back = JniUtils.sub(rounded, one);
                PtNDArray difference = JniUtils.sub(exact, back);
                PtNDArray lost = JniUtils.div(difference, rounded);
                PtNDArray undefined = JniUtils.isNaN(lost);
                PtNDArray zero = constant(x, 0)) {
            return JniUtils.where(undefined, zero, lost);
        }
    }

    /**
     * Adds e^−x above the threshold, where the engine's softplus omits that term: at most 2e-9, which is more than
     * rounding in double.
     */
    private static PtNDArray preciseSoftplus(PtNDArray x) {
        try (PtNDArray threshold = constant(x, SOFTPLUS_THRESHOLD);
                PtNDArray far = JniUtils.gt(x, threshold);
                PtNDArray clipped = JniUtils.max(x, threshold);
                PtNDArray negative = JniUtils.neg(clipped);
                PtNDArray tail = JniUtils.exp(negative);
                PtNDArray zero = constant(x, 0);
                PtNDArray missing = JniUtils.where(far, tail, zero);
                PtNDArray near = JniUtils.softPlus(x)) {
            return JniUtils.add(near, missing);
        }
    }
}
