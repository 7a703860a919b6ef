package org.sdescript.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sdescript.check.Constant;
import org.sdescript.check.Kind;
import org.sdescript.manual.FieldEntry;
import org.sdescript.manual.Manual;

/**
 * The names at a spot of a text, with the facts that completion and signature help show: those of a running session
 * ({@link SessionNames}), or those that a script certainly has before it runs ({@link ScriptNames}).
 */
public interface KnownNames {
    Collection<String> names();

    /** The kind, signature or value of a name on one line; empty if nothing is known. */
    String about(String name);

    /** The kind of a name's value; empty if unknown. */
    Optional<Kind> kind(String name);

    /** The fields of the value that a path of names leads to. */
    List<KnownField> fields(List<String> path);

    /** The variables and parameters of the callable that a path of names leads to; empty for any other value. */
    List<KnownParameter> parameters(List<String> path);

    /** @param about kind, signature or meaning on one line; may be empty */
    record KnownField(String name, String about) {

        /** The fields that the manual lists for a kind of values. */
        static List<KnownField> ofKind(String kind, Manual manual) {
            return manual.fields(kind).stream().map(KnownField::of).toList();
        }

        private static KnownField of(FieldEntry field) {
            String written = field.written().equals(field.name()) ? "" : field.written() + ": ";
            return new KnownField(field.name(), written + field.about());
        }
    }

    /**
     * A variable or parameter of a callable.
     *
     * @param written the name with its default, as in {@code lo = 0.1}
     * @param configured true if an earlier call filled the slot
     * @param values the only allowed values; empty if all are allowed
     */
    record KnownParameter(String name, String written, boolean required, boolean configured, List<Constant> values) {
        public KnownParameter {
            values = List.copyOf(values);
        }
    }
}
