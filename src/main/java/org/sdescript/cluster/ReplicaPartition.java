package org.sdescript.cluster;

import java.io.Serializable;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** A replica as the function of Scala that a barrier stage takes. */
final class ReplicaPartition extends AbstractFunction1<Iterator<Integer>, Iterator<byte[]>> implements Serializable {
    private static final long serialVersionUID = 1;

    private final ReplicaTask task;

    ReplicaPartition(ReplicaTask task) {
        this.task = task;
    }

    @Override
    public Iterator<byte[]> apply(Iterator<Integer> rank) {
        return CollectionConverters.asScala(task.call(CollectionConverters.asJava(rank)));
    }
}
