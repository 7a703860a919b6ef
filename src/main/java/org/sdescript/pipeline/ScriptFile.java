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
    /** The file name that stands for standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final String ENDING = ".sde";
    private static final int LARGEST = 1 << 25;

    private ScriptFile() {}

    /** The name of a script in errors. */
    public static String name(Path file) {
        return file.equals(STANDARD_INPUT) ? "standard-input" : file.toString();
    }

    /**
     * Reads a script. Throws if the text is not valid UTF-8, because decoding would replace the invalid bytes by other
     * characters.
     */
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

    /** The file named by an import, relative to the importing file. */
    static Path imported(Statement.Import declared) {
        Path importing = Path.of(declared.span().source().name());
        return importing.resolveSibling(declared.path()).normalize();
    }

    /** Reads an imported file; a read error points at the import. */
    static Source read(ScriptReader reader, Path file, Statement.Import declared) {
        try {
            return reader.read(file);
        } catch (SdeError unreadable) {
            throw new SdeError(unreadable.diagnostics().stream()
                    .map(diagnostic -> diagnostic.at(declared.span()))
                    .toList());
        }
    }

    /** @param underWay the files being read, from the first importing file to the last */
    static SdeError circular(Collection<Path> underWay, Path file, Statement.Import declared) {
        String way = underWay.stream().map(path -> path.getFileName() + " → ").collect(Collectors.joining());
        return Diagnostic.error("E0923", declared.span(), "these files import each other: " + way + file.getFileName())
                .help("move what both need into a file that imports neither")
                .raise();
    }

    /** Reads at most the largest size of a script, because a device or a pipe may have no end. */
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

    /** The name of a script's folder below {@code runs}. */
    public static String stem(Path script) {
        String name = Path.of(name(script)).getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name + ".run";
    }
}
