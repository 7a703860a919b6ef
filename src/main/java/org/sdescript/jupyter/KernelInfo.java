package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.sdescript.runtime.Version;

/** The answer to a client that asks for the kernel and its language. */
final class KernelInfo {
    /** A language that editors of notebooks colour and that looks alike: {@code #} comments, {@code ^}, letters as in formulas. */
    private static final String ALIKE = "julia";

    private KernelInfo() {}

    static ObjectNode content() {
        ObjectNode info = Message.ok()
                .put("protocol_version", Message.VERSION)
                .put("implementation", "sde")
                .put("implementation_version", Version.current())
                .put(
                        "banner",
                        "sde " + Version.current() + ": score-based generative modelling from the formula of an SDE");
        info.putObject("language_info")
                .put("name", "sde")
                .put("version", Version.current())
                .put("mimetype", "text/x-sde")
                .put("file_extension", ".sde")
                .put("pygments_lexer", ALIKE)
                .put("codemirror_mode", ALIKE);
        info.putArray("help_links");
        return info;
    }
}
