package org.sdescript.parcel;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.process.LazyParts;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.LambdaValue;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parser;

/**
 * Reads what {@link ParcelWriter} wrote. Lengths are checked against the bytes that are there, so that a damaged parcel
 * ends in an error and takes no memory; objects are made by their constructors only, see {@link PortableTypes}. Scripts
 * are parsed and none of their statements is run.
 */
final class ParcelReader {
    private static final Tag[] TAGS = Tag.values();
    private static final Supplier<Explanation> UNSENT = () -> {
        throw Diagnostic.error("E0943", null, "the derivation of a process is not sent to the machines of a cluster")
                .help("call `explain` in the script itself, outside of the work of a cluster")
                .raise();
    };

    private final ByteBuffer in;
    private final List<String> names;
    private final Interpreter interpreter;
    private final boolean owned;
    private final LibraryText library;
    private final List<Object> known = new ArrayList<>();
    private final Map<Source, PlacedNodes> nodes = new HashMap<>();

    /** @param owned true if the memory of the interpreter owns the tensors, as it does those of a statement */
    ParcelReader(Parcel parcel, Interpreter interpreter, boolean owned) {
        this.owned = owned;
        this.in = ByteBuffer.wrap(parcel.body());
        this.names = parcel.names();
        this.interpreter = interpreter;
        this.library = LibraryText.of(interpreter);
    }

    Object value() {
        try {
            Object value = read(Object.class);
            while (in.get() == 1) {
                Environment holder = read(Environment.class);
                String name = text();
                holder.bind(name, read(Value.class));
            }
            return value;
        } catch (Malformed | SdeError refused) {
            throw refused;
        } catch (RuntimeException | StackOverflowError damaged) {
            throw new Malformed("it ends early, or its parts do not fit", damaged);
        }
    }

    private <T> T read(Class<T> type) {
        Object value = maybe();
        if (value == null) {
            throw new Malformed("a " + type.getSimpleName() + " is missing");
        }
        return type.cast(value);
    }

    private @Nullable Object maybe() {
        Tag tag = tag();
        return switch (tag) {
            case NULL -> null;
            case AGAIN -> again(in.getInt());
            case TRUE -> true;
            case FALSE -> false;
            case DOUBLE -> in.getDouble();
            case LONG -> in.getLong();
            case INT -> in.getInt();
            case TEXT -> text();
            case NUMBER -> Value.number(in.getDouble());
            case WORD -> Value.text(text());
            case TRUTH -> Value.Bool.of(in.get() == 1);
            case NONE -> Value.None.NONE;
            case ENUM -> constant(PortableTypes.named(text()), text());
            case INTERPRETER -> interpreter;
            case TENSORS -> interpreter.tensors();
            case SESSION -> interpreter.session();
            case DERIVATION -> UNSENT;
            case ROOT -> interpreter.root();
            default -> shared(tag);
        };
    }

    private Tag tag() {
        int number = in.get();
        if (number < 0 || number >= TAGS.length) {
            throw new Malformed("it has the unknown mark " + number);
        }
        return TAGS[number];
    }

    private Object again(int number) {
        if (number < 0 || number >= known.size()) {
            throw new Malformed("it names an object that is not there");
        }
        return known.get(number);
    }

    private Object shared(Tag tag) {
        Object value = whole(tag);
        known.add(value);
        return value;
    }

    private Object whole(Tag tag) {
        return switch (tag) {
            case BIG_INTEGER -> new BigInteger(bytes());
            case DOUBLES -> doubles();
            case DOUBLE_ROWS -> {
                double[][] rows = new double[count(Integer.BYTES)][];
                Arrays.setAll(rows, row -> doubles());
                yield rows;
            }
            case LONGS -> {
                long[] numbers = new long[count(Long.BYTES)];
                Arrays.setAll(numbers, i -> in.getLong());
                yield numbers;
            }
            case BYTES -> bytes();
            case INTS -> {
                int[] numbers = new int[count(Integer.BYTES)];
                Arrays.setAll(numbers, i -> in.getInt());
                yield numbers;
            }
            case LIST -> list();
            case SET -> Collections.unmodifiableSet(new LinkedHashSet<>(list()));
            case MAP -> map();
            case EMPTY -> Optional.empty();
            case PRESENT -> Optional.of(read(Object.class));
            case PATH -> Path.of(text());
            case OBJECT -> object(PortableTypes.named(text()));
            case TENSOR -> tensor();
            case PARAMETERS -> parameters();
            case MODULE -> interpreter.session().backend().foreign(bytes());
            case SOURCE -> new Source(name(in.getInt()), text());
            case LIBRARY_SOURCE -> library.file(text()).span().source();
            case SPAN -> new Span(read(Source.class), in.getInt(), in.getInt());
            case NODE -> node(read(Source.class), in.getInt(), in.getInt(), text());
            case SCOPE -> scope(read(Environment.class));
            case CLOSURE ->
                Closure.of(read(Statement.Declaration.class), read(Environment.class))
                        .configured(values());
            case LAMBDA -> new LambdaValue(read(Expression.Lambda.class), read(Environment.class));
            case PROCESS_DECLARATION ->
                ProcessDeclaration.of(read(Statement.SdeDeclaration.class), read(Environment.class))
                        .configured(values());
            case LIBRARY -> library(text(), values());
            case FIELD -> field(read(Value.Extension.class), text(), values());
            case RECIPE -> again(read(Value.Extension.class), text(), read(List.class));
            case LAZY -> LazyParts.known(read(Object.class));
            case UNDERIVED -> LazyParts.underived();
            case LEFT -> new LeftHere(text());
            default -> throw new Malformed("the mark " + tag + " is out of place");
        };
    }

    private String name(int index) {
        return index >= 0 && index < names.size() ? names.get(index) : "script";
    }

    private static Object constant(Class<?> type, String name) {
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
        }
        throw new Malformed(type.getSimpleName() + " has no constant " + name);
    }

    /** Reads the number of parts that follow, of so many bytes each at least. */
    private int count(int bytes) {
        int count = in.getInt();
        if (count < 0 || (long) count * bytes > in.remaining()) {
            throw new Malformed("it ends early");
        }
        return count;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[count(1)];
        in.get(bytes);
        return bytes;
    }

    private String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    private double[] doubles() {
        double[] numbers = new double[count(Double.BYTES)];
        Arrays.setAll(numbers, i -> in.getDouble());
        return numbers;
    }

    private List<Object> list() {
        int count = count(1);
        List<Object> list = new ArrayList<>(); // of its own size only once the parts came: lists may be nested
        for (int i = 0; i < count; i++) {
            list.add(read(Object.class));
        }
        return List.copyOf(list);
    }

    private Map<Object, Object> map() {
        int count = count(2);
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(read(Object.class), read(Object.class));
        }
        return Collections.unmodifiableMap(map);
    }

    private Map<String, Value> values() {
        Map<String, Value> values = new LinkedHashMap<>();
        Map<?, ?> map = read(Map.class);
        map.forEach((name, value) -> values.put((String) name, (Value) value));
        return values;
    }

    private Object object(Class<?> named) {
        PortableTypes type = PortableTypes.of(named);
        Object[] parts = new Object[type.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = maybe();
            if (parts[i] == null && type.type(i).isPrimitive()) {
                throw new Malformed("a number of " + named.getSimpleName() + " is missing");
            }
        }
        Object made = type.made(parts);
        if (owned) {
            own(made);
        }
        return made;
    }

    /** A model owns its tensors, and is owned as a whole. */
    private void own(Object made) {
        if (made instanceof Value.TensorValue(Tensor tensor)) {
            interpreter.session().memory().own(tensor);
        } else if (made instanceof Value && made instanceof AutoCloseable resource) {
            interpreter.session().memory().own(resource);
        }
    }

    private Tensor tensor() {
        DType dtype = (DType) constant(DType.class, text());
        long[] sizes = new long[count(Long.BYTES)];
        Arrays.setAll(sizes, i -> in.getLong());
        Shape shape = Shape.of(sizes);
        ByteBuffer elements = ByteBuffer.wrap(bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (Arrays.stream(sizes).anyMatch(size -> size < 0)
                || elements.remaining() != Math.multiplyExact(shape.elements(), dtype.bytes())) {
            throw new Malformed("a tensor of shape " + shape + " has " + elements.remaining() + " bytes");
        }
        return TensorBytes.tensor(interpreter.session().backend(), dtype, shape, elements);
    }

    private Parameters parameters() {
        Parameters parameters = new Parameters(interpreter.session().backend());
        int count = count(1);
        for (int i = 0; i < count; i++) {
            String name = text();
            if (tag() != Tag.TENSOR) {
                throw new Malformed("the parameter " + name + " is missing");
            }
            parameters.adopt(name, tensor());
        }
        return parameters;
    }

    private SyntaxNode node(Source source, int start, int end, String kind) {
        return nodes.computeIfAbsent(source, its -> new PlacedNodes(tree(its))).at(start, end, kind);
    }

    private Program tree(Source source) {
        return library.nameOf(source).map(library::file).orElseGet(() -> Parser.parse(source)
                .orThrow());
    }

    private Environment scope(Environment parent) {
        boolean isModule = in.get() == 1;
        boolean isExact = in.get() == 1;
        return isModule ? parent.module() : parent.call(isExact);
    }

    private Callable library(String name, Map<String, Value> configuration) {
        if (!(interpreter.root().own(name) instanceof Callable callable)) {
            throw new Malformed("the library has no " + name);
        }
        return configuration.isEmpty() ? callable : callable.configured(configuration);
    }

    private static Callable field(Value.Extension owner, String name, Map<String, Value> configuration) {
        if (!(owner.field(name) instanceof Builtin function)) {
            throw new Malformed(owner.words() + " has no function " + name);
        }
        return function.of(owner).configured(configuration);
    }

    /** Makes a value by the call that made it; the fields of values compute without side effects. */
    private Object again(Value.Extension owner, String name, List<?> arguments) {
        Value field = owner.field(name);
        if (field == null) {
            throw new Malformed(owner.words() + " has no " + name);
        }
        return field instanceof Builtin function && !arguments.isEmpty()
                ? interpreter.call(
                        function,
                        Recipe.PLACE,
                        arguments.stream().map(Value.class::cast).toArray(Value[]::new))
                : field;
    }
}
