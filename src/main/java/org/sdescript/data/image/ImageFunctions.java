package org.sdescript.data.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sdescript.check.Kind;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.data.DataFunctions;
import org.sdescript.data.DataValue;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.image.DigitImages;
import org.sdescript.image.Java2D;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Value;

/** Data sets of images: [n, channels, height, width] from −1 (dark) to 1, with labels [n] if present. */
public final class ImageFunctions implements BuiltinLibrary {
    /** The size in bytes above which pixels are read batch by batch. */
    private static final long IN_MEMORY = 1L << 30;

    private static final String NO_PIXELS = "use a complete JDK; data sets of points need no such library";

    @Override
    public Chapter theme() {
        return Chapter.DATA;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                glyphs(),
                images(),
                idx(),
                known("mnist", PublicImages.Known.MNIST, "70,000 handwritten digits of 28 × 28 (LeCun et al. 1998)"),
                known(
                        "fashion_mnist",
                        PublicImages.Known.FASHION_MNIST,
                        "70,000 garments of ten kinds, 28 × 28 (Xiao et al. 2017)"),
                known(
                        "cifar10",
                        PublicImages.Known.CIFAR10,
                        "60,000 coloured photographs of ten kinds, 32 × 32 (Krizhevsky 2009)"));
    }

    private static Builtin images() {
        return Builtin.named("images", "folder")
                .onHost()
                .option("size", Value.None.NONE)
                .option("channels", Value.None.NONE)
                .option("stream", Value.None.NONE)
                .wants("folder", ParameterType.A_STRING)
                .wants("size", ParameterType.number(NumberRange.COUNT))
                .wants("channels", ParameterType.number(NumberRange.COUNT))
                .wants("stream", ParameterType.A_BOOLEAN)
                .gives(Kind.DATA)
                .doc("The pictures in a folder as a data set [n, channels, height, width] from −1 to 1. If the"
                        + " pictures lie in inner folders, these are the classes: labels count them from 0, and"
                        + " `.classes` lists their names. With `size`, the middle square of each picture is scaled to"
                        + " `size` pixels. `channels` is 3 or 1 (grey), by default as in the first picture. Values keep"
                        + " the precision of the files, up to 16 bits; pictures are rotated as EXIF says; transparent"
                        + " parts become white. Above a gigabyte, or with `stream = true`, pictures are read batch by"
                        + " batch in training.")
                .example("data = images(\"photographs\", size = 32)\nprint(data.shape, data.classes)")
                .is(ImageFunctions::images);
    }

    private static Value images(Call call) {
        OptionalInt channels = whole(call, "channels");
        if (channels.isPresent() && channels.getAsInt() != 1 && channels.getAsInt() != 3) {
            throw call.diagnostic("E0764", "pictures have 1 channel or 3, and not " + channels.getAsInt())
                    .help("`channels = 1` is grey, `channels = 3` red, green and blue")
                    .raise();
        }
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

    private static Builtin idx() {
        return Builtin.named("idx", "file")
                .onHost()
                .option("labels", Value.None.NONE)
                .wants("file", ParameterType.A_STRING)
                .wants("labels", ParameterType.A_STRING)
                .doc("The content of a file in the format of MNIST, compressed or not. Images of bytes give a data"
                        + " set [n, 1, height, width] from −1 to 1, with the labels of a second such file if `labels`"
                        + " names one. Any other content gives a tensor of numbers, such as labels [n].")
                .example(
                        "data = idx(\"train-images-idx3-ubyte.gz\", labels = \"train-labels-idx1-ubyte.gz\")\nprint(data)")
                .is(ImageFunctions::idx);
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

    private static Builtin known(String name, PublicImages.Known set, String what) {
        return Builtin.named(name)
                .onHost()
                .option("folder", Value.None.NONE)
                .option("part", Value.text("train"))
                .wants("folder", ParameterType.A_STRING)
                .wants("part", ParameterType.A_STRING)
                .gives(Kind.DATA)
                .doc(what
                        + ", with labels, which `.classes` names; values from −1 to 1. `part` is \"train\" or \"test\"."
                        + " The original files are read from `folder`; without `folder` they are downloaded at the first"
                        + " use and cached.")
                .example("data = " + name + "(folder = \"data/" + name + "\")\nprint(data.shape, data.classes)")
                .is(call -> known(call, set));
    }

    private static Value known(Call call, PublicImages.Known set) {
        String part = call.text("part");
        if (!part.equals("train") && !part.equals("test")) {
            throw call.diagnostic("E0765", "`part` is not \"" + part + "\"")
                    .help("it is \"train\" or \"test\"")
                    .raise();
        }
        Optional<Path> folder =
                call.given("folder").map(name -> call.session().folders().input(call.text("folder")));
        PublicImages read = PublicImages.of(set, folder, part.equals("test"), call.session());
        return ((DataValue) labelled(call, images(call, read.shape(), read.pixels()), labels(call, read.labels())))
                .ofClasses(read.classes());
    }

    private static Builtin glyphs() {
        return Builtin.named("glyphs", "n")
                .onHost()
                .option("size", 16)
                .wants("n", ParameterType.number(NumberRange.COUNT))
                .wants("size", ParameterType.number(NumberRange.wholeFrom(8)))
                .gives(Kind.DATA)
                .doc("A data set of n images of single digits [n, 1, size, size] from −1 (dark) to 1, with the"
                        + " digits as labels. The digits are drawn in twelve faces of fonts and in strokes of three pens,"
                        + " slightly rotated, slanted, scaled and shifted.")
                .example("data = glyphs(100)\nprint(data.shape, max(data.y))  # [100, 1, 16, 16] 9")
                .is(ImageFunctions::glyphs);
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
