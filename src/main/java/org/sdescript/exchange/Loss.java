package org.sdescript.exchange;

/** How a worker of an exchange was lost. */
public enum Loss {
    /** Its connection was closed or broke, or what it sent is no message: its program has ended, most likely. */
    GONE,
    /** It did nothing for the time-out, with its connection open: it hangs, or computes for too long. */
    SILENT,
    /** It has ended the exchange itself, and has said why. */
    WILLFUL
}
