package org.sdescript.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;

class MemoryScopeTest {
    private static final int FEW = 256;
    private static final Shape LARGE = Shape.of(1_500_000);

    private final Environment names = Environment.root();

    /** A value that owns native memory and counts how often the memory was freed. */
    private static final class Probe implements Value.Extension, AutoCloseable {
        private int closed;

        @Override
        public void close() {
            closed++;
        }

        @Override
        public Kind kind() {
            return Kind.DATA;
        }

        @Override
        public String show() {
            return "a probe closed " + closed + " times";
        }
    }

    @Test
    void a_sweep_frees_what_no_name_leads_to_and_nothing_else() {
        MemoryScope scope = new MemoryScope(null);
        Probe named = probe(scope);
        Probe inList = probe(scope);
        Probe lost = probe(scope);
        names.bind("a", named);
        names.bind("b", Value.list(List.of(Value.list(List.of(inList)))));

        scope.sweepIfOutermost(this::reached);

        assertThat(List.of(named.closed, inList.closed, lost.closed)).containsExactly(0, 0, 1);
    }

    @Test
    void memory_is_freed_once() {
        MemoryScope scope = new MemoryScope(null);
        Probe lost = probe(scope);
        Probe late = probe(scope);
        names.bind("late", late);

        scope.sweepIfOutermost(this::reached);
        scope.sweepIfOutermost(this::reached);
        scope.end(Reachability::new);
        scope.end(Reachability::new);

        assertThat(lost.closed).isEqualTo(1);
        assertThat(late.closed).isEqualTo(1);
    }

    @Test
    void an_end_hands_what_is_reached_to_the_outer_scope() {
        MemoryScope outer = new MemoryScope(null);
        MemoryScope inner = new MemoryScope(outer);
        Probe result = probe(inner);
        Probe lost = probe(inner);

        assertThat(inner.end(() -> Reachability.of(result))).isSameAs(outer);

        assertThat(List.of(result.closed, lost.closed)).containsExactly(0, 1);
        outer.end(Reachability::new);
        assertThat(result.closed).isEqualTo(1);
    }

    @Test
    void an_inner_scope_frees_nothing_of_an_outer_one() {
        MemoryScope outer = new MemoryScope(null);
        MemoryScope inner = new MemoryScope(outer);
        Probe ofCaller = probe(outer);
        Probe ofCall = probe(inner);

        inner.sweepIfOutermost(Reachability::new);
        assertThat(ofCall.closed).isZero();

        inner.end(Reachability::new);
        assertThat(List.of(ofCaller.closed, ofCall.closed)).containsExactly(0, 1);
    }

    @Test
    void a_loop_sweeps_once_it_owns_more_than_a_few() {
        MemoryScope loop = new MemoryScope(new MemoryScope(null));
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < FEW; i++) {
            probes.add(probe(loop));
        }
        loop.sweepIfMany(names);
        assertThat(probes).allMatch(probe -> probe.closed == 0);

        names.bind("last", probe(loop));
        loop.sweepIfMany(names);
        assertThat(probes).allMatch(probe -> probe.closed == 1);
        assertThat(((Probe) names.own("last")).closed).isZero();
    }

    /** Three tensors of a million and a half elements each are more than 2²² elements, two are not. */
    @Test
    void a_loop_sweeps_once_its_tensors_are_large() {
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), Script.temporary(), null)) {
            MemoryScope loop = session.memory().open();
            for (int i = 0; i < 2; i++) {
                session.memory().own(session.backend().tensor(LARGE, new float[1_500_000]));
            }
            loop.sweepIfMany(names);
            assertThat(session.backend().liveTensors()).isEqualTo(2);

            session.memory().own(session.backend().tensor(LARGE, new float[1_500_000]));
            loop.sweepIfMany(names);
            assertThat(session.backend().liveTensors()).isZero();
        }
    }

    @Test
    void scopes_that_an_error_left_open_are_ended_with_the_outer_one() {
        MemoryScopes scopes = new MemoryScopes();
        MemoryScope statement = scopes.open();
        scopes.open();
        Probe abandoned = new Probe();
        scopes.own(abandoned);

        scopes.end(statement, Reachability::new);

        assertThat(abandoned.closed).isEqualTo(1);
        Probe next = new Probe();
        scopes.own(next);
        scopes.endStatement(scopes.open(), () -> Reachability.of(next));
        assertThat(next.closed).isZero();
        scopes.endStatement(scopes.open(), Reachability::new);
        assertThat(next.closed).isEqualTo(1);
    }

    @Test
    void the_end_of_a_run_frees_everything() {
        MemoryScopes scopes = new MemoryScopes();
        Probe outer = new Probe();
        Probe inner = new Probe();
        scopes.own(outer);
        scopes.open();
        scopes.own(inner);
        names.bind("inner", inner);

        scopes.close();

        assertThat(List.of(outer.closed, inner.closed)).containsExactly(1, 1);
    }

    private Reachability reached() {
        return Reachability.of(names);
    }

    private static Probe probe(MemoryScope scope) {
        Probe probe = new Probe();
        scope.own(probe);
        return probe;
    }
}
