package org.sdescript.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.files.FileText;
import org.sdescript.graph.Shape;
import org.sdescript.image.Picture;
import org.sdescript.interrupt.StopRequest;

/**
 * The pictures in a folder, read on demand. Each subfolder is a class; classes are ordered by name.
 *
 * <pre>
 * E0757  no folder, or no pictures in the folder
 * E0758  a file that is not a picture
 * E0759  pictures of several sizes
 * E0726  pictures in colour after a first one in grey
 * </pre>
 *
 * @param classes the names of the subfolders; empty if the pictures are in the folder itself
 * @param skipped sentences about unread files and folders; empty if everything is read
 * @param isAsFirst true if the number of channels is that of the first picture, and not given by the user
 * @param resized true if pictures of any size are scaled to squares of one size
 * @param labels the class of each picture; empty without classes
 */
public record ImageFolder(
        List<Path> files,
        List<String> classes,
        int[] labels,
        List<String> skipped,
        boolean isAsFirst,
        boolean resized,
        int channels,
        int height,
        int width) {
    private static final int NAMES_SHOWN = 3;
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff");

    /** @param size the side of the squares that pictures are scaled to; empty to keep their size */
    public static ImageFolder of(Path folder, OptionalInt size, OptionalInt channels) {
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
                classes.add(PrintableText.withoutControls(each.getFileName().toString()));
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
                skipped(folder, files, classes),
                channels.isEmpty(),
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

    /** Returns a sentence about files of other formats, and one about folders beside pictures. */
    private static List<String> skipped(Path folder, List<Path> read, List<String> classes) {
        Set<Path> known = new HashSet<>(read);
        List<Path> ofClasses = classes.isEmpty()
                ? List.of()
                : listed(folder).filter(Files::isDirectory).toList();
        known.addAll(ofClasses);
        Stream<Path> places = Stream.concat(Stream.of(folder), ofClasses.stream());
        List<Path> others = places.flatMap(ImageFolder::listed)
                .filter(path -> !path.getFileName().toString().startsWith("."))
                .filter(path -> !known.contains(path))
                .toList();
        List<Path> folders = others.stream().filter(Files::isDirectory).toList();
        List<Path> files =
                others.stream().filter(path -> !Files.isDirectory(path)).toList();
        List<String> sentences = new ArrayList<>();
        if (!files.isEmpty()) {
            sentences.add(counted(files, "file") + " " + folder + (files.size() == 1 ? " is" : " are")
                    + " left out; PNG, JPEG, GIF, BMP and TIFF are read: " + named(folder, files));
        }
        if (!folders.isEmpty()) {
            sentences.add(counted(folders, "folder") + " " + folder + (folders.size() == 1 ? " is" : " are")
                    + " left out; folders are classes where no picture lies beside them: " + named(folder, folders));
        }
        return sentences;
    }

    private static String counted(List<Path> paths, String what) {
        return paths.size() + " " + what + (paths.size() == 1 ? " of" : "s of");
    }

    private static String named(Path folder, List<Path> paths) {
        String first = paths.stream()
                .limit(NAMES_SHOWN)
                .map(path -> FileText.shown(folder.relativize(path).toString()))
                .collect(Collectors.joining(", "));
        return first + (paths.size() > NAMES_SHOWN ? ", …" : "");
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

    /** Returns the pixels of some pictures, row-major {@code [which, channels, height, width]}, from −1 to 1. */
    public float[] pixels(int[] which) {
        int each = channels * height * width;
        float[] pixels = new float[Math.multiplyExact(which.length, each)];
        StopRequest request = StopRequest.present();
        IntStream.range(0, which.length).parallel().forEach(i -> {
            if (request != null) {
                request.check();
            }
            Path file = files.get(which[i]);
            Picture picture = read(file);
            if (!resized && (picture.height() != height || picture.width() != width)) {
                throw otherSize(file, picture);
            }
            if (isAsFirst && channels == 1 && !picture.isGrey()) {
                throw inColour(file);
            }
            picture.scaled(channels, height, width, pixels, i * each);
        });
        return pixels;
    }

    private static Picture read(Path file) {
        Optional<Picture> picture = Picture.read(file);
        return picture.orElseThrow(() -> Diagnostic.error("E0758", null, file + " is not a picture, or a damaged one")
                .help(
                        "PNG, JPEG, GIF, BMP and TIFF in grey or red, green and blue are read; take the file out of the folder, or"
                                + " save it anew")
                .raise());
    }

    private SdeError inColour(Path file) {
        return Diagnostic.error(
                        "E0726",
                        null,
                        file + " is in colour, and " + files.getFirst().getFileName() + " is grey")
                .help("choose one for all pictures: `channels = 3`, or `channels = 1` for grey")
                .raise();
    }

    private SdeError otherSize(Path file, Picture picture) {
        return Diagnostic.error(
                        "E0759",
                        null,
                        file + " has " + picture.width() + " × " + picture.height() + " pixels, and "
                                + files.getFirst().getFileName() + " has " + width + " × " + height)
                .help("`size = 32` scales the middle square of each picture to 32 × 32")
                .raise();
    }

    private static SdeError fault(String message) {
        return Diagnostic.error("E0757", null, message)
                .help(
                        "`images(\"folder\")` takes a folder of PNG or JPEG files, or of folders of them, one for each class")
                .raise();
    }
}
