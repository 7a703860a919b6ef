package org.sdescript.backend;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import java.util.OptionalLong;

/** What the C library has given out and not got back: unlike the size of the process, it is the same from run to run. */
final class NativeHeap {
    private NativeHeap() {}

    /** As glibc (2.33 and later) counts it. */
    @Structure.FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    public static class Counts extends Structure implements Structure.ByValue {
        public long arena;
        public long ordblks;
        public long smblks;
        public long hblks;
        public long hblkhd;
        public long usmblks;
        public long fsmblks;
        public long uordblks;
        public long fordblks;
        public long keepcost;
    }

    /** Bytes in use, where the C library can tell. */
    static OptionalLong bytes() {
        try {
            Function count = NativeLibrary.getInstance("c").getFunction("mallinfo2");
            Counts counts = (Counts) count.invoke(Counts.class, new Object[0]);
            return OptionalLong.of(counts.uordblks + counts.hblkhd);
        } catch (UnsatisfiedLinkError otherLibrary) {
            return OptionalLong.empty();
        }
    }
}
