package org.sdescript.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.sdescript.files.SystemFailure;

/**
 * Standard output or standard error. A {@link PrintWriter} hides write failures; here the printing call throws an
 * {@link OutputFailure}. On standard error only a pipe without a reader is a failure: a run without its remarks still
 * produces its files.
 */
public final class StandardStream extends OutputStream {
    private final OutputStream to;
    private final String name;
    private final boolean isOutput;

    StandardStream(OutputStream to, String name, boolean isOutput) {
        this.to = to;
        this.name = name;
        this.isOutput = isOutput;
    }

    public static PrintWriter output() {
        return writer(new StandardStream(new FileOutputStream(FileDescriptor.out), "standard output", true));
    }

    public static PrintWriter errors() {
        return writer(new StandardStream(new FileOutputStream(FileDescriptor.err), "standard error", false));
    }

    private static PrintWriter writer(StandardStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        try {
            to.write(bytes, from, count);
        } catch (IOException failure) {
            if (isOutput || SystemFailure.BROKEN_PIPE.isIn(failure)) {
                throw new OutputFailure(name, failure);
            }
        }
    }

    @Override
    public void flush() {
        try {
            to.flush();
        } catch (IOException failure) {
            throw new OutputFailure(name, failure);
        }
    }
}
