package org.sdescript.parcel;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.backend.ForeignModule;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.LazyParts;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.LambdaValue;
import org.sdescript.runtime.ModuleValue;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * Writes a value and all that it leads to. An object that several lead to is written once. Names are written after the
 * value, each with the scope that holds it, since a function may be among the values of its own scope; only names that
 * some function reads are written.
 */
final class ParcelWriter {
    private final Interpreter interpreter;
    private final LibraryText library;
    private final ParcelBytes out = new ParcelBytes();
    private final IdentityHashMap<Object, Integer> known = new IdentityHashMap<>();
    private final List<Object> order = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private Deque<Read> open = new ArrayDeque<>();
    private final Map<Read, Boolean> seen = new LinkedHashMap<>();

    /** A name that some function reads, and the scope that holds it. */
    private record Read(Environment holder, String name) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Read its && its.holder == holder && its.name.equals(name);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(holder) * 31 + name.hashCode();
        }
    }

    ParcelWriter(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.library = LibraryText.of(interpreter);
    }

    Parcel packed(Object value) {
        try {
            write(value);
        } catch (NotPortable refused) {
            throw Diagnostic.error("E0943", null, refused.what() + " cannot be sent to the machines of a cluster")
                    .help("pass numbers, tensors, data, models, processes and functions")
                    .raise();
        }
        while (!open.isEmpty()) {
            Read read = open.pop();
            out.truth(true);
            write(read.holder);
            out.text(read.name);
            writeOrLeave(read.holder.bound(read.name));
        }
        out.truth(false);
        return new Parcel(out.toArray(), names);
    }

    /** Writes a value, or what it is if it has no portable form. */
    private void writeOrLeave(Value value) {
        int size = out.size();
        int objects = order.size();
        int texts = names.size();
        Deque<Read> before = new ArrayDeque<>(open);
        try {
            write(value);
        } catch (NotPortable refused) {
            out.cut(size);
            while (order.size() > objects) {
                known.remove(order.removeLast());
            }
            while (names.size() > texts) {
                names.removeLast();
            }
            open.stream().filter(read -> !before.contains(read)).forEach(seen::remove);
            open = before;
            out.tag(Tag.LEFT);
            out.text(refused.what());
        }
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> out.tag(Tag.NULL);
            case Boolean truth -> out.tag(truth ? Tag.TRUE : Tag.FALSE);
            case Double number -> {
                out.tag(Tag.DOUBLE);
                out.number(number.doubleValue());
            }
            case Long number -> {
                out.tag(Tag.LONG);
                out.number(number.longValue());
            }
            case Integer number -> {
                out.tag(Tag.INT);
                out.number(number.intValue());
            }
            case String text -> {
                out.tag(Tag.TEXT);
                out.text(text);
            }
            case Value.Num(double number) -> {
                out.tag(Tag.NUMBER);
                out.number(number);
            }
            case Value.Text(String text) -> {
                out.tag(Tag.WORD);
                out.text(text);
            }
            case Value.Bool(boolean truth) -> {
                out.tag(Tag.TRUTH);
                out.truth(truth);
            }
            case Value.None none -> out.tag(Tag.NONE);
            case Enum<?> constant -> constant(constant);
            case Interpreter its -> out.tag(Tag.INTERPRETER);
            case Tensors its -> out.tag(Tag.TENSORS);
            case Session its -> out.tag(Tag.SESSION);
            case Supplier<?> derivation -> out.tag(Tag.DERIVATION);
            case Environment root when root == interpreter.root() -> out.tag(Tag.ROOT);
            default -> shared(value);
        }
    }

    private void constant(Enum<?> constant) {
        Class<?> type = constant.getDeclaringClass();
        out.tag(Tag.ENUM);
        out.text(PortableTypes.nameOf(type).orElseThrow(() -> new NotPortable(words(constant))));
        out.text(constant.name());
    }

    /** Writes an object, or its number if it was written before. Objects are numbered as they are completed. */
    private void shared(Object value) {
        Integer number = known.get(value);
        if (number != null) {
            out.tag(Tag.AGAIN);
            out.number(number.intValue());
            return;
        }
        whole(value);
        known.put(value, order.size());
        order.add(value);
    }

    private void whole(Object value) {
        switch (value) {
            case BigInteger number -> {
                out.tag(Tag.BIG_INTEGER);
                out.all(number.toByteArray());
            }
            case double[] numbers -> {
                out.tag(Tag.DOUBLES);
                doubles(numbers);
            }
            case double[][] rows -> {
                out.tag(Tag.DOUBLE_ROWS);
                out.number(rows.length);
                for (double[] row : rows) {
                    doubles(row);
                }
            }
            case long[] numbers -> {
                out.tag(Tag.LONGS);
                out.number(numbers.length);
                for (long number : numbers) {
                    out.number(number);
                }
            }
            case byte[] bytes -> {
                out.tag(Tag.BYTES);
                out.all(bytes);
            }
            case int[] numbers -> {
                out.tag(Tag.INTS);
                out.number(numbers.length);
                for (int number : numbers) {
                    out.number(number);
                }
            }
            case List<?> list -> all(Tag.LIST, list);
            case Set<?> set -> all(Tag.SET, PortableOrder.of(set));
            case Map<?, ?> map -> {
                out.tag(Tag.MAP);
                out.number(map.size());
                PortableOrder.of(map).forEach(entry -> {
                    write(entry.getKey());
                    write(entry.getValue());
                });
            }
            case Optional<?> optional -> {
                out.tag(optional.isPresent() ? Tag.PRESENT : Tag.EMPTY);
                optional.ifPresent(this::write);
            }
            case Path path -> {
                out.tag(Tag.PATH);
                out.text(path.toAbsolutePath().normalize().toString());
            }
            case Tensor tensor -> tensor(tensor);
            case Parameters parameters -> parameters(parameters);
            case ForeignModule module -> {
                out.tag(Tag.MODULE);
                out.all(module.archive());
            }
            case Source source -> source(source);
            case Span span -> {
                out.tag(Tag.SPAN);
                write(span.source());
                out.number(span.start());
                out.number(span.end());
            }
            case SyntaxNode node -> {
                out.tag(Tag.NODE);
                write(node.span().source());
                out.number(node.span().start());
                out.number(node.span().end());
                out.text(node.getClass().getSimpleName());
            }
            case Environment scope -> {
                out.tag(Tag.SCOPE);
                write(scope.parent());
                out.truth(scope.isModule());
                out.truth(scope.isExact());
            }
            case Value its -> value(its);
            default -> object(value);
        }
    }

    private void value(Value value) {
        switch (value) {
            case Closure closure -> closure(closure);
            case Builtin function -> builtin(function);
            case LambdaValue lambda -> {
                out.tag(Tag.LAMBDA);
                write(lambda.lambda());
                write(lambda.scope());
                read(CapturedNames.of(lambda), lambda.scope());
            }
            case ProcessDeclaration process when inLibrary(process) -> library(process);
            case ProcessDeclaration process -> {
                out.tag(Tag.PROCESS_DECLARATION);
                write(process.declaration());
                write(process.scope());
                write(new TreeMap<>(process.configuration()));
                read(CapturedNames.of(process), process.scope());
            }
            case Value.Extension extension
            when extension.recipe().isPresent() -> {
                Recipe recipe = extension.recipe().get();
                out.tag(Tag.RECIPE);
                write(recipe.owner());
                out.text(recipe.field());
                write(recipe.arguments());
            }
            case ModuleValue module -> {
                object(module);
                read(new TreeSet<>(module.names().exported()), module.names());
            }
            case LeftHere(String what) -> {
                out.tag(Tag.LEFT);
                out.text(what);
            }
            default -> object(value);
        }
    }

    private void closure(Closure closure) {
        if (inLibrary(closure)) {
            library(closure);
            return;
        }
        out.tag(Tag.CLOSURE);
        write(closure.declaration());
        write(closure.scope());
        write(new TreeMap<>(closure.configuration()));
        read(CapturedNames.of(closure), closure.scope());
    }

    private void builtin(Builtin function) {
        String name = function.signature().name();
        if (function.declaration().isPresent()) {
            library(function);
        } else if (function.owner().isPresent()
                && function.owner().get() instanceof Value.Extension owner
                && owner.field(name) instanceof Builtin) {
            out.tag(Tag.FIELD);
            write(owner);
            out.text(name);
            write(new TreeMap<>(function.configuration()));
        } else {
            throw new NotPortable("the function " + name);
        }
    }

    private boolean inLibrary(Closure closure) {
        return interpreter.root().own(closure.declaration().name()) instanceof Closure its
                && its.declaration() == closure.declaration();
    }

    private boolean inLibrary(ProcessDeclaration process) {
        return interpreter.root().own(process.declaration().name()) instanceof ProcessDeclaration its
                && its.declaration() == process.declaration();
    }

    private void library(Callable callable) {
        out.tag(Tag.LIBRARY);
        out.text(callable.signature().name());
        write(new TreeMap<>(callable.configuration()));
    }

    /** Notes the names that a body reads from the scopes around it; the library's own are in every process. */
    private void read(Collection<String> names, Environment scope) {
        for (String name : names) {
            Environment holder = scope.holder(name);
            if (holder != null && holder != interpreter.root()) {
                Read read = new Read(holder, name);
                if (seen.putIfAbsent(read, true) == null) {
                    open.add(read);
                }
            }
        }
    }

    private void object(Object value) {
        switch (value) {
            case Object lazy
            when LazyParts.isLazy(lazy) -> {
                out.tag(Tag.LAZY);
                write(LazyParts.value(lazy));
            }
            case Object underived when LazyParts.isUnderived(underived) -> out.tag(Tag.UNDERIVED);
            default -> {
                String name = PortableTypes.nameOf(value.getClass()).orElseThrow(() -> new NotPortable(words(value)));
                PortableTypes type = PortableTypes.of(value.getClass());
                out.tag(Tag.OBJECT);
                out.text(name);
                for (int i = 0; i < type.size(); i++) {
                    write(type.part(value, i));
                }
            }
        }
    }

    private static String words(Object value) {
        return value instanceof Value its
                ? its.words()
                : "a part of the kind " + value.getClass().getSimpleName();
    }

    private void all(Tag tag, Collection<?> objects) {
        out.tag(tag);
        out.number(objects.size());
        objects.forEach(this::write);
    }

    private void doubles(double[] numbers) {
        out.number(numbers.length);
        for (double number : numbers) {
            out.number(number);
        }
    }

    private void tensor(Tensor tensor) {
        out.tag(Tag.TENSOR);
        out.text(tensor.dtype().name());
        out.number(tensor.shape().rank());
        tensor.shape().sizes().forEach(size -> out.number(size.longValue()));
        out.all(tensor.toBytes());
    }

    private void parameters(Parameters parameters) {
        out.tag(Tag.PARAMETERS);
        out.number(parameters.names().size());
        parameters.names().forEach(name -> {
            out.text(name);
            tensor(parameters.get(name));
        });
    }

    private void source(Source source) {
        Optional<String> file = library.nameOf(source);
        if (file.isPresent()) {
            out.tag(Tag.LIBRARY_SOURCE);
            out.text(file.get());
        } else {
            out.tag(Tag.SOURCE);
            out.number(names.size());
            out.text(source.text());
            names.add(source.name());
        }
    }
}
