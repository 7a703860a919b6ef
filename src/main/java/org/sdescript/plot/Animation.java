package org.sdescript.plot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.image.Gif;
import org.sdescript.image.ImageStack;
import org.sdescript.image.Java2D;
import org.sdescript.image.Pixels;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.plot.canvas.RasterCanvas;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkLimits;

/** {@code animate}: figures in sequence, on common axes. */
public final class Animation implements BuiltinLibrary {
    public static final FileExtensions KINDS =
            new FileExtensions("E0746", "animations are not written as ", List.of(".gif"));

    private static final int SMALLEST_SIDE = 320;
    private static final double PIXELS_PER_UNIT = 1.25;
    private static final double LAST_FRAME = 1.5;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.of("animate", Builtin.onHost(Animation::animate));
    }

    private static Value animate(Call call) {
        List<Value> frames = frames(call);
        if (frames.isEmpty()) {
            throw call.diagnostic("E0742", "there is nothing to animate")
                    .help("give it frames: `animate([scatter(x), scatter(y)], to = \"f.gif\")`")
                    .raise();
        }
        Path path = call.session().folders().output(call.text("to"));
        KINDS.refused(call.text("to"), call.place("to")).ifPresent(refusal -> {
            throw refusal.raise();
        });
        Java2D.with("a complete JDK has one", () -> {
            List<BufferedImage> pictures = pictures(frames, call);
            AtomicFile.write(path, out -> written(pictures, call.number("seconds"), out));
            return path;
        });
        call.session().log().wrote(path);
        call.session().console().picture(() -> Map.of(FigureForms.GIF, content(path)));
        return Value.None.NONE;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException gone) {
            throw FileFault.reading(file, gone);
        }
    }

    private static void written(List<BufferedImage> pictures, double seconds, OutputStream out) throws IOException {
        int delay = Math.max(2, (int) Math.rint(100 * seconds));
        List<Integer> delays = new ArrayList<>();
        for (int i = 1; i < pictures.size(); i++) {
            delays.add(delay);
        }
        delays.add(Math.max(delay, (int) (100 * LAST_FRAME)));
        Gif.write(pictures, delays, out);
    }

    private static List<Value> frames(Call call) {
        Value frames = call.value("frames");
        if (!Tensors.isTensor(frames)) {
            return call.list("frames");
        }
        Value tensor = call.tensor("frames");
        Shape shape = call.tensors().shape(tensor);
        List<Value> rows = new ArrayList<>();
        for (long i = 0; i < (shape.rank() < 2 ? 0 : shape.size(0)); i++) {
            Value row = call.tensors().apply(new Operation.Slice(0, i, i + 1, 1), call.span(), tensor);
            rows.add(call.tensors().reshape(row, new Shape(shape.sizes().subList(1, shape.rank())), call.span()));
        }
        return rows;
    }

    private static List<BufferedImage> pictures(List<Value> frames, Call call) {
        Optional<List<ImageStack>> images = images(frames, call);
        if (images.isPresent()) {
            return images.get().stream()
                    .map(stack -> {
                        StopRequest.poll();
                        return enlarged(stack.grid(call.integer("columns"))).image();
                    })
                    .toList();
        }
        List<Figure> figures = frames.stream()
                .map(frame -> Figure.of(layers(frame, call)).title(call.text("title")))
                .toList();
        List<List<Marks>> marks = figures.stream().map(LayerToMarks::of).toList();
        List<Marks> all = marks.stream().flatMap(List::stream).toList();
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            StopRequest.poll();
            Layout layout = Layout.of(figures.get(i), marks.get(i), all);
            try (RasterCanvas canvas = new RasterCanvas(layout.width(), layout.height(), PIXELS_PER_UNIT)) {
                new FigurePainter(figures.get(i), marks.get(i), layout, canvas).paint();
                pictures.add(canvas.image());
            }
        }
        return pictures;
    }

    /** Returns the frames as images; empty unless all frames are images. */
    private static Optional<List<ImageStack>> images(List<Value> frames, Call call) {
        List<ImageStack> stacks = new ArrayList<>();
        double pixels = 0;
        for (Value frame : frames) {
            StopRequest.poll();
            if (!Tensors.isTensor(frame) || call.tensors().shape(frame).rank() < 3) {
                return Optional.empty();
            }
            Value tensor = call.tensors().require(frame, "a frame", call.span());
            pixels += call.tensors().shape(tensor).elements();
            WorkLimits.fitsHeap(Integer.BYTES * pixels, frames.size() + " frames", call.span());
            ImageStack.of(call.tensors().shape(tensor).toArray(), MarkFunctions.numbers(tensor, call))
                    .ifPresent(stacks::add);
        }
        return stacks.size() == frames.size() ? Optional.of(stacks) : Optional.empty();
    }

    private static Pixels enlarged(Pixels sheet) {
        return sheet.enlarged(Math.max(1, SMALLEST_SIDE / Math.min(sheet.width(), sheet.height())));
    }

    private static List<LayerSource> layers(Value frame, Call call) {
        if (!Tensors.isTensor(frame)) {
            return PlotFunctions.layers(frame, call.span());
        }
        Value points = call.tensors().require(frame, "a frame", call.span());
        Shape shape = call.tensors().shape(points);
        if (shape.rank() != 2 || shape.size(1) != 2) {
            throw call.diagnostic("E0743", "a frame of shape " + shape + " is not what animate draws")
                    .help(
                            "a frame is points [n, 2], images [n, channels, height, width], or a layer such as `line(t, y)`")
                    .raise();
        }
        double[] values = MarkFunctions.numbers(points, call);
        return List.of(new Layer.Scatter(MarkFunctions.column(values, 2, 0), MarkFunctions.column(values, 2, 1), ""));
    }
}
