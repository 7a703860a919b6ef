package org.sdescript.serve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The open tabs, by their ids. */
final class Tabs implements AutoCloseable {
    /** How often the limits and the browsers of the tabs are looked at. */
    private static final long WATCH_MILLIS = 200;

    private final Map<String, Tab> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("sde-limits").unstarted(work));
    private final Function<String, Tab> made;
    private final int most;

    /** @param made makes the tab of an id */
    Tabs(Function<String, Tab> made, int most) {
        this.made = made;
        this.most = most;
        clock.scheduleWithFixedDelay(this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Opens a tab and returns its id; empty if too many are open. */
    synchronized Optional<String> open() {
        if (open.size() >= most) {
            return Optional.empty();
        }
        String id = UUID.randomUUID().toString();
        open.put(id, made.apply(id));
        return Optional.of(id);
    }

    Optional<Tab> of(String id) {
        return Optional.ofNullable(open.get(id));
    }

    void close(String id) {
        Tab tab = open.remove(id);
        if (tab != null) {
            tab.close();
        }
    }

    private void watch() {
        open.forEach((id, tab) -> {
            tab.watch();
            if (tab.isIdle()) {
                close(id);
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        List<Tab> last = List.copyOf(open.values());
        open.keySet().forEach(this::close);
        last.forEach(Tab::awaitEnd);
    }
}
