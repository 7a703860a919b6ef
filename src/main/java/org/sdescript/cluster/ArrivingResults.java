package org.sdescript.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Computes all partitions, and passes the results of each on as it arrives: Spark's own {@code collect} waits for all. */
final class ArrivingResults {
    private final RDD<Tuple2<Integer, byte[]>> results;
    private final Consumer<Tuple2<Integer, byte[]>> receiver;

    ArrivingResults(JavaRDD<Tuple2<Integer, byte[]>> results, Consumer<Tuple2<Integer, byte[]>> receiver) {
        this.results = results.rdd();
        this.receiver = receiver;
    }

    void run() {
        SparkContext spark = results.sparkContext();
        List<Object> partitions = new ArrayList<>();
        for (int i = 0; i < results.getNumPartitions(); i++) {
            partitions.add(i);
        }
        spark.runJob(
                results,
                new Listed(),
                CollectionConverters.asScala(partitions).toSeq(),
                new Passed(receiver),
                ClassTag$.MODULE$.apply(ArrayList.class));
    }

    /** In the task: the results of the partition as a list. */
    private static final class Listed
            extends AbstractFunction2<
                    TaskContext, Iterator<Tuple2<Integer, byte[]>>, ArrayList<Tuple2<Integer, byte[]>>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public ArrayList<Tuple2<Integer, byte[]>> apply(TaskContext context, Iterator<Tuple2<Integer, byte[]>> each) {
            ArrayList<Tuple2<Integer, byte[]>> list = new ArrayList<>();
            while (each.hasNext()) {
                list.add(each.next());
            }
            return list;
        }
    }

    /** In the driver: the results of a partition that arrived. */
    private static final class Passed extends AbstractFunction2<Object, ArrayList<Tuple2<Integer, byte[]>>, BoxedUnit> {
        private final Consumer<Tuple2<Integer, byte[]>> receiver;

        Passed(Consumer<Tuple2<Integer, byte[]>> receiver) {
            this.receiver = receiver;
        }

        @Override
        public BoxedUnit apply(Object partition, ArrayList<Tuple2<Integer, byte[]>> list) {
            list.forEach(receiver);
            return BoxedUnit.UNIT;
        }
    }
}
