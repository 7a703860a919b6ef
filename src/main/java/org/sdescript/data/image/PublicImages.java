package org.sdescript.data.image;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.CacheFolder;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Session;

/**
 * Labelled benchmark images, read from the files that their authors publish.
 *
 * @param shape [n, channels, height, width]
 * @param pixels the pixels, from −1 to 1
 */
record PublicImages(Shape shape, float[] pixels, int[] labels, List<String> classes) {

    /** A data set, with the addresses and checksums of its files. */
    enum Known {
        MNIST(
                IntStream.range(0, 10).mapToObj(String::valueOf).toList(),
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                List.of("f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432"),
                List.of("9fb629c4189551a2d022fa330f9573f3", "ec29112dd5afa0611ce80d1b7f02629c")),
        FASHION_MNIST(
                List.of(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot"),
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                List.of("8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe"),
                List.of("bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310")),
        CIFAR10(
                List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
                "https://www.cs.toronto.edu/~kriz/",
                List.of("c32a1d4ab5d03f1284b67883e8d13530"),
                List.of("c32a1d4ab5d03f1284b67883e8d13530"));

        private final List<String> classes;
        private final String home;
        private final List<String> train;
        private final List<String> test;

        Known(List<String> classes, String home, List<String> train, List<String> test) {
            this.classes = classes;
            this.home = home;
            this.train = train;
            this.test = test;
        }

        private Download download(String file, String md5) {
            return new Download(URI.create(home + file), md5);
        }
    }

    /**
     * Reads a data set.
     *
     * @param folder the folder of the original files; empty for the cache, to which missing files are downloaded
     * @param testing true for the test images, false for the training images
     */
    static PublicImages of(Known set, Optional<Path> folder, boolean testing, Session session) {
        folder.filter(given -> !Files.isDirectory(given)).ifPresent(given -> {
            throw lacking("there is no folder " + given, set);
        });
        if (folder.isEmpty() && !session.folders().readsElsewhere()) {
            throw lacking("this run reads only files of its own folder, and downloads nothing", set);
        }
        return switch (set) {
            case MNIST, FASHION_MNIST -> idx(set, folder, testing, session);
            case CIFAR10 -> cifar(set, folder, testing, session);
        };
    }

    private static PublicImages idx(Known set, Optional<Path> folder, boolean testing, Session session) {
        String part = testing ? "t10k" : "train";
        List<String> sums = testing ? set.test : set.train;
        Path images = file(set, folder, part + "-images-idx3-ubyte", sums.get(0), session);
        Path labels = file(set, folder, part + "-labels-idx1-ubyte", sums.get(1), session);
        IdxFile read = IdxFile.read(images);
        if (read.shape().length != 3 || read.element() != IdxFile.Element.UBYTE) {
            throw lacking(images + " does not hold images", set);
        }
        return new PublicImages(
                Shape.of(read.shape()[0], 1, read.shape()[1], read.shape()[2]),
                read.pixels(),
                Arrays.stream(IdxFile.read(labels).numbers())
                        .mapToInt(label -> (int) label)
                        .toArray(),
                set.classes);
    }

    /** Returns a file in the folder, with or without the extension of gzip. */
    private static Path file(Known set, Optional<Path> folder, String name, String md5, Session session) {
        if (folder.isEmpty()) {
            return set.download(name + ".gz", md5).in(cache(set), session);
        }
        return Stream.of(name + ".gz", name)
                .map(folder.get()::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> lacking("the folder " + folder.get() + " has no file " + name + ".gz", set));
    }

    /**
     * Reads records of a label and 32 × 32 pixels per colour (Krizhevsky 2009), from five training files or one test
     * file.
     */
    private static PublicImages cifar(Known set, Optional<Path> folder, boolean testing, Session session) {
        List<byte[]> batches = CifarFiles.of(
                folder.orElseGet(() -> {
                    set.download("cifar-10-binary.tar.gz", set.train.getFirst()).in(cache(set), session);
                    return cache(set);
                }),
                testing,
                missing -> lacking(missing, set));
        int record = 1 + 3 * 32 * 32;
        int count = batches.stream().mapToInt(batch -> batch.length / record).sum();
        float[] pixels = new float[count * (record - 1)];
        int[] labels = new int[count];
        int image = 0;
        for (byte[] batch : batches) {
            for (int at = 0; at + record <= batch.length; at += record, image++) {
                labels[image] = batch[at];
                for (int k = 1; k < record; k++) {
                    pixels[image * (record - 1) + k - 1] = (batch[at + k] & 0xFF) / 127.5f - 1;
                }
            }
        }
        return new PublicImages(Shape.of(count, 3, 32, 32), pixels, labels, set.classes);
    }

    private static Path cache(Known set) {
        return CacheFolder.of(System.getenv()).resolve(set.name().toLowerCase(Locale.ROOT));
    }

    private static SdeError lacking(String what, Known set) {
        String files = set == Known.CIFAR10
                ? "`cifar-10-binary.tar.gz`, or the .bin files of it"
                : "the four files as published, such as `train-images-idx3-ubyte.gz`";
        return Diagnostic.error("E0763", null, what)
                .help("the folder holds " + files + "; without `folder` they are fetched")
                .raise();
    }
}
