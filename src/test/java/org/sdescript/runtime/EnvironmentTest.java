package org.sdescript.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.source.Source;

class EnvironmentTest {
    private static final Value ONE = Value.number(1);
    private static final Value TWO = Value.number(2);

    private final Environment library = Environment.root();
    private final Environment module = library.module();

    @Test
    void a_name_has_the_value_of_the_nearest_scope() {
        Environment call = module.call(false);
        library.bind("x", ONE);
        module.bind("x", TWO);

        assertThat(call.find("x")).isEqualTo(TWO);
        assertThat(call.holder("x")).isSameAs(module);
        assertThat(library.find("x")).isEqualTo(ONE);
        assertThat(call.own("x")).isNull();
        assertThat(call.find("y")).isNull();
        assertThat(call.holder("y")).isNull();
    }

    @Test
    void a_module_does_not_see_the_local_names_of_the_library_and_the_library_does() {
        library.bindLocal("draw", ONE);
        library.bind("sample", ONE);

        assertThat(module.find("draw")).isNull();
        assertThat(module.call(false).find("draw")).isNull();
        assertThat(module.call(false).find("sample")).isEqualTo(ONE);
        assertThat(library.call(false).find("draw")).isEqualTo(ONE);
        assertThat(module.call(false).names()).containsExactly("sample");
        assertThat(library.call(false).names()).containsExactlyInAnyOrder("draw", "sample");
    }

    @Test
    void a_module_sees_its_own_local_names_and_does_not_export_them() {
        module.bindLocal("part", ONE);
        module.bind("whole", TWO);

        assertThat(module.call(false).find("part")).isEqualTo(ONE);
        assertThat(module.exported()).containsExactly("whole");
        assertThat(module.ownNames()).containsExactlyInAnyOrder("part", "whole");
    }

    @Test
    void a_local_name_of_the_library_hides_nothing_from_a_module() {
        Environment inner = library.call(false).module();
        library.bind("draw", ONE);
        inner.parent().bindLocal("draw", TWO);

        assertThat(inner.find("draw")).isEqualTo(ONE);
        assertThat(inner.parent().find("draw")).isEqualTo(TWO);
    }

    @Test
    void a_name_bound_anew_has_no_earlier_origin() {
        ValueOrigin origin = ValueOrigin.argument(new Source("s", "f(1)").span(0, 4));
        module.bind("x", ONE, origin);

        assertThat(module.call(false).origin("x")).isSameAs(origin);
        module.bind("x", TWO);
        assertThat(module.origin("x")).isNull();
        assertThat(module.origin("y")).isNull();
    }

    @Test
    void values_and_modules_are_kept_beside_the_names() {
        Environment imported = library.module();
        module.keep(imported);
        module.keep(() -> List.of(ONE, TWO));

        assertThat(module.modules()).containsExactly(imported);
        assertThat(module.kept()).containsExactly(ONE, TWO);
        assertThat(module.ownValues()).isEmpty();
    }

    @Test
    void exactness_belongs_to_one_scope() {
        assertThat(module.call(true).isExact()).isTrue();
        assertThat(module.call(true).call(false).isExact()).isFalse();
        assertThat(module.isExact()).isFalse();
    }
}
