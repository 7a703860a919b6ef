package org.sdescript.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.graph.Shape;
import org.sdescript.image.Picture;

/**
 * The pictures below a folder, read when they are wanted. Each folder in it is a class, in the order of their names.
 *
 * <pre>
 * E0757  no folder, or none with pictures
 * E0758  a file that is no picture
 * E0759  pictures of several sizes
 * </pre>
 *
 * @param classes the names of the folders; none where the pictures lie in the folder itself
 * @param resized whether pictures of any size become squares of one
 * @param labels the class of each picture; empty where there are none
 */
record ImageFolder(
        List<Path> files, List<String> classes, int[] labels, boolean resized, int channels, int height, int width) {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff");

    /** @param size the side of the squares that pictures become; absent where they are to stay as they are */
    static ImageFolder of(Path folder, OptionalInt size, OptionalInt channels) {
        if (!Files.isDirectory(folder)) {
            throw fault(Files.exists(folder) ? folder + " is a file, not a folder" : "there is no folder " + folder);
        }
        List<Path> files = new ArrayList<>(pictures(folder));
        List<String> classes = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        if (files.isEmpty()) {
            for (Path each : listed(folder).filter(Files::isDirectory).toList()) {
                List<Path> found = pictures(each);
                found.forEach(file -> labels.add(classes.size()));
                files.addAll(found);
                classes.add(each.getFileName().toString());
            }
        }
        if (files.isEmpty()) {
            throw fault("there are no pictures in the folder " + folder);
        }
        Picture first = read(files.getFirst());
        return new ImageFolder(
                List.copyOf(files),
                List.copyOf(classes),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                size.isPresent(),
                channels.orElse(first.isGrey() ? 1 : 3),
                size.orElse(first.height()),
                size.orElse(first.width()));
    }

    private static List<Path> pictures(Path folder) {
        return listed(folder)
                .filter(Files::isRegularFile)
                .filter(file -> ENDINGS.contains(ending(file)))
                .toList();
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.startsWith(".") ? "" : name.substring(name.lastIndexOf('.') + 1);
    }

    private static Stream<Path> listed(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList().stream();
        } catch (IOException failure) {
            throw FileFault.reading(folder, failure);
        }
    }

    Shape shape(long count) {
        return Shape.of(count, channels, height, width);
    }

    /** Some of the pictures, row-major {@code [which, channels, height, width]} from −1 to 1. */
    float[] pixels(int[] which) {
        int each = channels * height * width;
        float[] pixels = new float[Math.multiplyExact(which.length, each)];
        IntStream.range(0, which.length).parallel().forEach(i -> {
            Path file = files.get(which[i]);
            Picture picture = read(file);
            if (!resized && (picture.height() != height || picture.width() != width)) {
                throw otherSize(file, picture);
            }
            picture.scaled(channels, height, width, pixels, i * each);
        });
        return pixels;
    }

    private static Picture read(Path file) {
        Optional<Picture> picture = Picture.read(file);
        return picture.orElseThrow(() -> Diagnostic.error("E0758", null, file + " is not a picture, or a damaged one")
                .help("PNG, JPEG, GIF, BMP and TIFF are read; take the file out of the folder, or mend it")
                .raise());
    }

    private SdeError otherSize(Path file, Picture picture) {
        return Diagnostic.error(
                        "E0759",
                        null,
                        file + " has " + picture.width() + " × " + picture.height() + " pixels, and "
                                + files.getFirst().getFileName() + " has " + width + " × " + height)
                .help("`size = 32` makes squares of 32 × 32 of the middle of each")
                .raise();
    }

    private static SdeError fault(String message) {
        return Diagnostic.error("E0757", null, message)
                .help(
                        "`images(\"folder\")` takes a folder of PNG or JPEG files, or of folders of them, one for each class")
                .raise();
    }
}
