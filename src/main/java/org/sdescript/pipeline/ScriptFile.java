package org.sdescript.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.source.Source;

/** Reads scripts: files, or standard input under the name {@code -}. */
public final class ScriptFile {
    /** What stands for standard input where a file is named. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final int LARGEST = 1 << 25;

    private ScriptFile() {}

    /** What a script is called that has no file. */
    public static String name(Path file) {
        return file.equals(STANDARD_INPUT) ? "standard-input" : file.toString();
    }

    /** A script's text, refused unless it is UTF-8 throughout: a broken letter would go through as another one. */
    public static Source read(Path file) {
        byte[] bytes = bytes(file);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer unread = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (decoder.decode(unread, text, true).isError()) {
            text.flip();
            long line = text.chars().filter(letter -> letter == '\n').count() + 1;
            throw Diagnostic.error("E0706", null, "cannot read " + name(file) + ": line " + line + " is not UTF-8 text")
                    .help("save it as UTF-8 in your editor")
                    .raise();
        }
        return new Source(name(file), text.flip().toString());
    }

    /** The file that an import names, relative to the file it stands in. */
    static Path imported(Statement.Import declared) {
        Path importing = Path.of(declared.span().source().name());
        return importing.resolveSibling(declared.path()).normalize();
    }

    /** A file that is imported; what keeps it from being read is told at the import. */
    static Source read(Path file, Statement.Import declared) {
        try {
            return read(file);
        } catch (SdeError unreadable) {
            throw new SdeError(unreadable.diagnostics().stream()
                    .map(diagnostic -> diagnostic.at(declared.span()))
                    .toList());
        }
    }

    /** @param underWay the files that are being read, from the first that imports to the last */
    static SdeError circular(Collection<Path> underWay, Path file, Statement.Import declared) {
        String way = underWay.stream().map(path -> path.getFileName() + " → ").collect(Collectors.joining());
        return Diagnostic.error("E0923", declared.span(), "these files import each other: " + way + file.getFileName())
                .help("move what both need into a file that imports neither")
                .raise();
    }

    /** No more than a script can be: a device or a pipe may have no end. */
    private static byte[] bytes(Path file) {
        byte[] bytes;
        try (InputStream in = open(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
        if (bytes.length > LARGEST) {
            throw Diagnostic.error(
                            "E0931", null, name(file) + " is larger than any script, " + (LARGEST >> 20) + " MiB")
                    .help("data is read with `csv(…)`, `npy(…)` or `images(…)`")
                    .raise();
        }
        return bytes;
    }

    private static InputStream open(Path file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return System.in;
        }
        FileFault.requireReadable(file);
        return Files.newInputStream(file);
    }
}
