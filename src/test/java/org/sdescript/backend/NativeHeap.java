package org.sdescript.backend;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import java.util.OptionalLong;

/** The memory that the C library has allocated and not freed: unlike the size of the process, it is reproducible. */
final class NativeHeap {
    private NativeHeap() {}

    /** The counts of glibc (2.33 and later). */
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

    /** The bytes in use; empty if the C library has no such count. */
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
