package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterOptionsTest {
    @TempDir
    Path folder;

    /** Spark is on the class path of this process, so only the classes that are loaded tell. */
    @Test
    void a_run_without_a_cluster_loads_no_class_of_spark() throws IOException {
        Path script = folder.resolve("small.sde");
        Files.writeString(script, "print(zeros([2]).shape)\n");

        Shell.Answer answer = Shell.in(folder).sde(List.of("-Xlog:class+load:file=loaded.txt"), "run", "small.sde");

        assertThat(answer.status()).as(answer.errors()).isZero();
        List<String> loaded = Files.readAllLines(folder.resolve("loaded.txt"));
        assertThat(loaded).anyMatch(line -> line.contains("org.sdescript.runtime.Session"));
        assertThat(loaded)
                .noneMatch(line -> line.contains(" org.apache.spark.")
                        || line.contains(" scala.")
                        || line.contains(" org.apache.hadoop.")
                        || line.contains(" org.sdescript.cluster."));
    }

    @Test
    void what_is_no_master_and_no_setting_is_an_error_of_usage() throws IOException {
        Files.writeString(folder.resolve("small.sde"), "print(1)\n");
        Shell shell = Shell.in(folder);

        Shell.Answer master = shell.sde("run", "small.sde", "--cluster", "localhost");
        Shell.Answer setting = shell.sde("run", "small.sde", "--cluster", "local[2]", "--conf", "memory=8g");

        assertThat(master.status()).isEqualTo(2);
        assertThat(master.errors()).contains("--cluster is local[4]");
        assertThat(setting.status()).isEqualTo(2);
        assertThat(setting.errors()).contains("--conf is a setting of Spark");
    }
}
