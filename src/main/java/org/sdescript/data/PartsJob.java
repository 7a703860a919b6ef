package org.sdescript.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sdescript.files.FileText;

/**
 * The job whose results lie in parts. Parts of equal jobs belong together: a run that stopped midway goes on with
 * the parts that it lacks.
 *
 * @param call the built-in that computes the samples, such as {@code sample}
 * @param hash the hash of everything that decides the numbers besides the other components: program, model, arguments
 * @param versions the versions of the programs that compute, by name; versions with the same {@link #major} agree
 * @param seed the seed of the run
 * @param samples the number of all samples, at least 1
 * @param batch the number of samples in each part but the last, which may have fewer
 */
public record PartsJob(
        String call, String hash, SortedMap<String, String> versions, long seed, long samples, int batch) {
    public PartsJob {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        if (samples < 1 || batch < 1 || (samples - 1) / batch >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(samples + " samples in parts of " + batch);
        }
    }

    /** The number of parts. */
    public int parts() {
        return (int) ((samples - 1) / batch) + 1;
    }

    /** The position of a part's first sample among all samples. */
    public long first(int part) {
        return (long) part * batch;
    }

    /** The number of samples in a part. */
    public long count(int part) {
        return Math.min(batch, samples - first(part));
    }

    /**
     * The beginning of a version within which results stay the same: the first number, or the first two if the first is
     * 0, where the second number counts the incompatible versions (semver.org, §4).
     */
    static String major(String version) {
        String[] numbers = version.split("\\.", 3);
        return numbers[0].equals("0") && numbers.length > 1 ? "0." + numbers[1] : numbers[0];
    }

    /** Returns a sentence for each difference of this earlier job from the present one; empty if parts of both belong together. */
    List<String> differences(PartsJob present) {
        List<String> differences = new ArrayList<>();
        differ("the call", call, present.call, differences);
        if (!hash.equals(present.hash)) {
            differences.add("the script or the model is another (its hash differs)");
        }
        differ("the seed", seed, present.seed, differences);
        differ("the number of samples", samples, present.samples, differences);
        differ("the batch", batch, present.batch, differences);
        TreeSet<String> names = new TreeSet<>(versions.keySet());
        names.addAll(present.versions.keySet());
        for (String name : names) {
            String before = versions.getOrDefault(name, "none");
            String now = present.versions.getOrDefault(name, "none");
            if (!major(before).equals(major(now))) {
                differ("the version of " + name, before, now, differences);
            }
        }
        return differences;
    }

    private static void differ(String what, Object before, Object now, List<String> differences) {
        if (!before.equals(now)) {
            differences.add(what + " was " + shown(before) + " and is " + shown(now));
        }
    }

    /** The earlier job is read from a file, so its words may be any. */
    private static String shown(Object value) {
        return FileText.shown(value.toString());
    }
}
