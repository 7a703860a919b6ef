package org.sdescript.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.sdescript.files.FileText;
import org.sdescript.files.ZipArchive;

/**
 * A foreign TorchScript archive, checked in Java and rewritten. PyTorch's loader aborts the process on some damaged
 * files, so it only receives archives that PyTorch could have written: entries that agree with the zip's directory,
 * pickles that pass {@link PickleCheck}, code of bounded nesting that opens no files. Tables of source lines and other
 * extras are dropped.
 */
public final class ForeignArchive {
    private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);
    private static final int LONGEST_CODE = 1 << 24;
    private static final int LONGEST_LINE = 100_000;
    private static final int DEEPEST = 200;
    private static final Pattern ENTRY =
            Pattern.compile("data\\.pkl|constants\\.pkl|version|byteorder|code/[\\w./]+\\.py|(data|constants)/[\\w.]+");
    private static final Pattern UNARY_RUN = Pattern.compile("(?:[-+~]\\s*+){60}|(?:\\bnot\\s++){60}");
    private static final Pattern OPENS_FILES = Pattern.compile("\\btorch\\.(save|load|from_file)\\b");

    private ForeignArchive() {}

    /**
     * Returns the archive as {@code torch.jit.save} would write it.
     *
     * @throws ZipException with the reason, if the archive fails a check
     */
    public static byte[] sane(Path file) throws IOException {
        ZipArchive zip = ZipArchive.of(file);
        Map<String, ZipArchive.Entry> entries = entries(zip);
        for (String needed : new String[] {"data.pkl", "constants.pkl", "version"}) {
            if (!entries.containsKey(needed)) {
                throw new ZipException("it has no " + needed + ", so it is no module");
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ZipOutputStream out = new ZipOutputStream(bytes);
        for (Map.Entry<String, ZipArchive.Entry> entry : entries.entrySet()) {
            byte[] content = zip.read(entry.getValue());
            check(entry.getKey(), content, entries);
            Archive.entry(out, entry.getKey(), content);
        }
        out.finish();
        return bytes.toByteArray();
    }

    /** Returns the entries by name, without the folder that contains them all. */
    private static Map<String, ZipArchive.Entry> entries(ZipArchive zip) throws ZipException {
        Map<String, ZipArchive.Entry> entries = new LinkedHashMap<>();
        long all = 0;
        String folder = null;
        for (ZipArchive.Entry entry : zip.entries()) {
            String itsFolder = entry.name().substring(0, entry.name().indexOf('/') + 1);
            folder = folder == null ? itsFolder : folder;
            if (itsFolder.isEmpty() || !itsFolder.equals(folder)) {
                throw new ZipException("its entries lie in several folders, so it is no module");
            }
            String name = entry.name().substring(folder.length());
            if (ENTRY.matcher(name).matches()) {
                entries.put(name, entry);
                all += entry.size();
            }
        }
        if (all > LARGEST) {
            throw new ZipException("it has more than 2 GiB");
        }
        return entries;
    }

    private static void check(String name, byte[] content, Map<String, ZipArchive.Entry> entries) throws ZipException {
        switch (name) {
            case "data.pkl" -> pickle(name, content, "data/", entries);
            case "constants.pkl" -> pickle(name, content, "constants/", entries);
            case "version" -> require(Pattern.matches("\\d{1,3}\\s*", ascii(content)), "its version is no number");
            case "byteorder" -> require(ascii(content).equals("little"), "its numbers are not little-endian");
            default -> {
                if (name.startsWith("code/")) {
                    code(name, content);
                }
            }
        }
    }

    private static String ascii(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean holds, String otherwise) throws ZipException {
        if (!holds) {
            throw new ZipException(otherwise);
        }
    }

    private static void pickle(String name, byte[] content, String storages, Map<String, ZipArchive.Entry> entries)
            throws ZipException {
        try {
            PickleCheck.check(content, key -> {
                ZipArchive.Entry storage = entries.get(storages + key);
                return storage == null ? -1 : storage.size();
            });
        } catch (PickleCheck.Refused refused) {
            throw new ZipException("its " + name + " is damaged: " + refused.getMessage());
        }
    }

    /** Checks the nesting of code, which PyTorch parses recursively on the native stack. */
    private static void code(String name, byte[] content) throws ZipException {
        String where = "its " + FileText.shown(name);
        require(content.length <= LONGEST_CODE, where + " is too long");
        String code;
        try {
            code = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new ZipException(where + " is not text");
        }
        require(code.indexOf('\0') < 0, where + " is not text");
        require(!OPENS_FILES.matcher(code).find(), where + " opens files, which a network has no need of");
        int depth = 0;
        for (String line : code.split("\n", -1)) {
            int indentation = line.length() - line.stripLeading().length();
            boolean isPlain = line.length() <= LONGEST_LINE && indentation <= 2 * DEEPEST;
            require(isPlain && !UNARY_RUN.matcher(line).find(), where + " nests too deeply");
            for (int i = 0; i < line.length(); i++) {
                depth += "([{".indexOf(line.charAt(i)) >= 0 ? 1 : ")]}".indexOf(line.charAt(i)) >= 0 ? -1 : 0;
                require(depth <= DEEPEST, where + " nests too deeply");
            }
        }
    }
}
