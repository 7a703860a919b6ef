package org.sdescript.data.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sdescript.data.DataFunctions;
import org.sdescript.data.DataValue;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.image.DigitImages;
import org.sdescript.image.Java2D;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;

/** Data sets of images: [n, channels, height, width] from −1 (dark) to 1, with labels [n] if present. */
public final class ImageFunctions implements BuiltinLibrary {
    /** The size in bytes above which pixels are read batch by batch. */
    private static final long IN_MEMORY = 1L << 30;

    private static final String NO_PIXELS = "use a complete JDK; data sets of points need no such library";

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("glyphs", Builtin.onHost(ImageFunctions::glyphs)),
                Map.entry("images", Builtin.onHost(ImageFunctions::images)),
                Map.entry("idx", Builtin.onHost(ImageFunctions::idx)),
                Map.entry("mnist", Builtin.onHost(call -> known(call, PublicImages.Known.MNIST))),
                Map.entry("fashion_mnist", Builtin.onHost(call -> known(call, PublicImages.Known.FASHION_MNIST))),
                Map.entry("cifar10", Builtin.onHost(call -> known(call, PublicImages.Known.CIFAR10))));
    }

    private static Value images(Call call) {
        OptionalInt channels = whole(call, "channels");
        return Java2D.with(NO_PIXELS, () -> {
            ImageFolder folder =
                    ImageFolder.of(call.session().folders().input(call.text("folder")), whole(call, "size"), channels);
            folder.skipped().forEach(call.session().console()::note);
            int n = folder.files().size();
            double[] all = IntStream.range(0, n).asDoubleStream().toArray();
            StreamedImages streamed = new StreamedImages(
                    folder, call.tensors().literal(DType.INT64, Shape.of(n), all, call.span()), call.session());
            boolean asRead = call.given("stream").isPresent()
                    ? call.isTrue("stream")
                    : folder.shape(n).elements() * Float.BYTES > IN_MEMORY;
            return asRead
                    ? streamed
                    : DataValue.of(streamed.tensor(), streamed.labels()).ofClasses(folder.classes());
        });
    }

    private static OptionalInt whole(Call call, String slot) {
        return call.given(slot).isPresent() ? OptionalInt.of(call.integer(slot)) : OptionalInt.empty();
    }

    private static Value idx(Call call) {
        IdxFile file = IdxFile.read(call.session().folders().input(call.text("file")));
        boolean pictures = file.element() == IdxFile.Element.UBYTE && file.shape().length == 3;
        Optional<Value> labels = call.given("labels")
                .map(name -> numbers(call, IdxFile.read(call.session().folders().input(call.text("labels")))));
        if (!pictures) {
            Value numbers = numbers(call, file);
            return labels.isPresent() ? labelled(call, numbers, labels.get()) : numbers;
        }
        Shape shape = Shape.of(file.shape()[0], 1, file.shape()[1], file.shape()[2]);
        Value images = images(call, shape, file.pixels());
        return labels.map(each -> labelled(call, images, each)).orElseGet(() -> DataValue.of(images, Optional.empty()));
    }

    private static Value labelled(Call call, Value samples, Value labels) {
        return DataFunctions.labelled(call, samples, labels);
    }

    private static Value numbers(Call call, IdxFile file) {
        DType dtype = file.element().isWhole() ? DType.INT64 : call.tensors().precision();
        return call.tensors()
                .literal(dtype, new Shape(Arrays.stream(file.shape()).boxed().toList()), file.numbers(), call.span());
    }

    private static Value known(Call call, PublicImages.Known set) {
        Optional<Path> folder =
                call.given("folder").map(name -> call.session().folders().input(call.text("folder")));
        PublicImages read = PublicImages.of(set, folder, call.text("part").equals("test"), call.session());
        return ((DataValue) labelled(call, images(call, read.shape(), read.pixels()), labels(call, read.labels())))
                .ofClasses(read.classes());
    }

    private static Value glyphs(Call call) {
        int n = call.integer("n");
        int size = call.integer("size");
        call.tensors().requireInJava(Shape.of(n, 1, size, size), call.span());
        long key = call.session().sampling().random().integers(1, Long.MAX_VALUE)[0];
        DigitImages digits = Java2D.with(NO_PIXELS, () -> DigitImages.draw(n, size, new SplittableRandom(key)));
        return DataValue.of(
                images(call, Shape.of(n, 1, size, size), digits.pixels()), Optional.of(labels(call, digits.labels())));
    }

    /** Converts pixels to a tensor in the precision of the run. */
    private static Value images(Call call, Shape shape, float[] pixels) {
        Value images = call.session().memory().own(call.session().backend().tensor(shape, pixels));
        return call.tensors().cast(images, call.tensors().precision(), call.span());
    }

    private static Value labels(Call call, int[] labels) {
        double[] wide = java.util.Arrays.stream(labels).asDoubleStream().toArray();
        return call.tensors().literal(DType.INT64, Shape.of(labels.length), wide, call.span());
    }
}
