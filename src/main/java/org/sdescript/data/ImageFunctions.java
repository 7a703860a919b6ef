package org.sdescript.data;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sdescript.check.Kind;
import org.sdescript.check.Range;
import org.sdescript.check.Wanted;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.image.Digits;
import org.sdescript.image.Drawing;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.Theme;
import org.sdescript.runtime.Value;

/** Data sets of images: [n, channels, height, width] from −1 (dark) to 1, with labels [n] where there are any. */
public final class ImageFunctions implements Library {
    private static final String NO_PIXELS = "use a complete JDK; data sets of points need no such library";

    @Override
    public Theme theme() {
        return Theme.DATA;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(glyphs());
    }

    private static Builtin glyphs() {
        return Builtin.named("glyphs", "n")
                .onHost()
                .option("size", 16)
                .wants("n", Wanted.number(Range.COUNT))
                .wants("size", Wanted.number(Range.wholeFrom(8)))
                .gives(Kind.DATA)
                .doc("n images of single digits, [n, 1, size, size] from −1 (dark) to 1, with the digits as labels: drawn in"
                        + " the fonts of the machine and in strokes of our own, a little turned, slanted, larger or smaller and out"
                        + " of place. Which fonts there are differs between machines.")
                .example("data = glyphs(100)\nprint(data.shape, max(data.y))  # [100, 1, 16, 16] 9")
                .is(ImageFunctions::glyphs);
    }

    private static Value glyphs(Call call) {
        int n = call.integer("n");
        int size = call.integer("size");
        long key = call.session().random().integers(1, Long.MAX_VALUE)[0];
        Digits digits = Drawing.with(NO_PIXELS, () -> Digits.draw(n, size, new SplittableRandom(key)));
        return DataValue.of(
                images(call, Shape.of(n, 1, size, size), digits.pixels()), Optional.of(labels(call, digits.labels())));
    }

    /** In the precision of the run. */
    private static Value images(Call call, Shape shape, float[] pixels) {
        Value images = call.session().own(call.session().backend().tensor(shape, pixels));
        return call.tensors().cast(images, call.tensors().precision(), call.span());
    }

    private static Value labels(Call call, int[] labels) {
        double[] wide = java.util.Arrays.stream(labels).asDoubleStream().toArray();
        return call.tensors().literal(DType.INT64, Shape.of(labels.length), wide, call.span());
    }
}
