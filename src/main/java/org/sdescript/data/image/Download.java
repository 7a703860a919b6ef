package org.sdescript.data.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;

/**
 * A file of a public data set, downloaded once and kept if its checksum matches.
 *
 * <pre>
 * E0760  the download failed
 * E0761  the checksum differs
 * </pre>
 *
 * @param md5 the checksum published by the authors of the data set, in hexadecimal
 */
record Download(URI from, String md5) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    String name() {
        String path = from.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the file's path; downloads the file first if it is missing. */
    Path in(Path folder, Session session) {
        Path file = folder.resolve(name());
        if (!Files.isRegularFile(file)) {
            fetch(file, session);
        }
        return file;
    }

    private void fetch(Path file, Session session) {
        HttpRequest request =
                HttpRequest.newBuilder(from).timeout(PATIENCE).GET().build();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw unreachable(file, "the server answered " + answer.statusCode());
            }
            long size = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
            try (InputStream body = answer.body()) {
                AtomicFile.write(file, out -> checked(body, out, size, session));
            }
        } catch (IOException failure) {
            String why = Optional.ofNullable(failure.getMessage()).orElse("no connection");
            throw unreachable(file, why);
        } catch (InterruptedException stop) {
            session.stop().request();
            session.stop().check();
        }
    }

    /** Copies the body; throws for a wrong checksum, so that no file is left. */
    private void checked(InputStream body, OutputStream out, long size, Session session) throws IOException {
        MessageDigest digest = checksum();
        byte[] buffer = new byte[1 << 16];
        long done = 0;
        try (Console.Progress progress = session.console().progress("fetching " + name(), size);
                DigestInputStream in = new DigestInputStream(body, digest)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                session.stop().check();
                out.write(buffer, 0, read);
                done += read;
                progress.update(done, () -> "");
            }
        }
        String sum = HexFormat.of().formatHex(digest.digest());
        if (!sum.equals(md5)) {
            throw Diagnostic.error("E0761", null, "the download from " + from + " is not the expected file")
                    .note("its MD5 checksum is " + sum + " and not " + md5)
                    .help("try again, or get the file elsewhere and name its folder with `folder = \"…\"`")
                    .raise();
        }
    }

    private SdeError unreachable(Path file, String why) {
        return Diagnostic.error("E0760", null, "cannot fetch " + from + ": " + why)
                .note("it would be cached as " + file + " and not be downloaded again")
                .help("put the original files into a folder and name it: `folder = \"…\"`")
                .raise();
    }

    private static MessageDigest checksum() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException lacking) {
            throw new IllegalStateException(lacking);
        }
    }
}
