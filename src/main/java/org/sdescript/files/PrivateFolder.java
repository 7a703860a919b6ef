package org.sdescript.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A folder in a place that all users share, such as that for temporary files, which its owner alone can read and write. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /**
     * The folder of this name if it is this user's alone, or can be made so; where somebody else has put something there, a
     * fresh one of another name, which goes when the process ends.
     */
    public static Path in(Path shared, String name) {
        try {
            Path folder = shared.resolve(name);
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                create(folder);
            }
            return isOwn(folder) ? folder : fresh(shared, name);
        } catch (IOException failure) {
            throw FileFault.writing(shared, failure);
        }
    }

    /** True if the place is a folder, no link, that this user owns and no other can look into or change. */
    static boolean isOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!hasPermissions()) {
            return true; // elsewhere the place for temporary files is the user's own
        }
        return OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))
                && user(folder.getParent()).filter(owner(folder)::equals).isPresent();
    }

    /** True if nobody but this user, the administrator or the owner of the folder above can have put a file there. */
    public static boolean isTrusted(Path folder, Path above) {
        try {
            if (!hasPermissions()) {
                return true;
            }
            UserPrincipal owner = owner(folder);
            boolean writable = Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
            return !writable
                    && (owner.equals(owner(above))
                            || owner.getName().equals("root")
                            || user(above).filter(owner::equals).isPresent());
        } catch (IOException unknown) {
            return false;
        }
    }

    private static UserPrincipal owner(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The present user, who owns the files that this process makes: a user without a name has a number all the same. */
    private static Optional<UserPrincipal> user(Path folder) throws IOException {
        if (!Files.isWritable(folder)) {
            return Optional.empty();
        }
        Path probe = Files.createTempFile(folder, ".sde", ".tmp");
        try {
            return Optional.of(owner(probe));
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean hasPermissions() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void create(Path folder) throws IOException {
        try {
            if (hasPermissions()) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectory(folder);
            }
        } catch (java.nio.file.FileAlreadyExistsException meanwhile) {
            return; // looked at by the caller, whoever made it
        }
    }

    private static Path fresh(Path shared, String name) throws IOException {
        Path folder = Files.createTempDirectory(shared, name);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(PrivateFolder::deleteOne);
        } catch (IOException | UncheckedIOException kept) {
            Thread.yield();
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            throw new UncheckedIOException(kept);
        }
    }
}
