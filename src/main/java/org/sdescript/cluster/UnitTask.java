package org.sdescript.cluster;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.sdescript.units.Workshop;
import scala.Tuple2;

/**
 * Runs the units of a partition. All that Spark serialises of it is text and bytes: the units, and the parcel of the job
 * as a broadcast, which a process fetches once.
 *
 * @param parts the folder that takes the results, or null if they are returned
 */
record UnitTask(
        String hash,
        Broadcast<byte[]> parcel,
        Map<String, String> settings,
        @Nullable String parts)
        implements Function2<Integer, Iterator<Tuple2<Integer, byte[]>>, Iterator<Tuple2<Integer, byte[]>>> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Integer partition, Iterator<Tuple2<Integer, byte[]>> units) {
        TaskContext context = TaskContext.get();
        TaskMeans means = TaskMeans.of(context);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return units.hasNext();
            }

            @Override
            public Tuple2<Integer, byte[]> next() {
                Tuple2<Integer, byte[]> unit = units.next();
                return new Tuple2<>(unit._1(), reply(unit._2(), means, context));
            }
        };
    }

    private byte[] reply(byte[] unit, TaskMeans means, TaskContext context) {
        List<Future<?>> watch = new java.util.ArrayList<>();
        try {
            return TaskWorkshop.present()
                    .run(
                            new Workshop.Order(hash, settings, unit, parts, null, means.device(), means.threads()),
                            parcel::value,
                            stop -> watch.add(StopWatch.on(context, stop)));
        } finally {
            watch.forEach(each -> each.cancel(false));
        }
    }
}
