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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A folder in a shared place, such as that for temporary files, with access for its owner alone. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /**
     * Returns the folder of this name if it belongs to this user alone or can be created so; otherwise a new folder
     * with a unique name, deleted at the end of the process.
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

    /** True for a folder, not a link, that this user owns and no other user can access. */
    static boolean isOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!hasPermissions()) {
            return true; // without POSIX permissions the temporary folder is already per user
        }
        return OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))
                && user(Objects.requireNonNull(folder.getParent()))
                        .filter(owner(folder)::equals)
                        .isPresent();
    }

    /**
     * True if only this user, the administrator or the owner of the parent folder can have created files in the
     * folder.
     */
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

    /** Returns the current user, as the owner of a new file: a user without a name still has a number. */
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
            return; // the caller checks the folder, whoever created it
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
