package org.sdescript.torchscript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Interprets a pickle of a TorchScript archive without building objects. Accepts only the opcodes that PyTorch writes
 * (torch/csrc/jit/serialization/pickler.cpp), on a stack that never underflows, with classes of the archive, tensors
 * whose elements lie inside their storages, and storages as long as their entries. PyTorch's own unpickler checks less.
 */
final class PickleCheck {
    private static final int DEEPEST = 200;
    private static final Set<String> BUILT_BY = Set.of(
            "torch.jit._pickle build_intlist",
            "torch.jit._pickle build_tensorlist",
            "torch.jit._pickle build_doublelist",
            "torch.jit._pickle build_boollist",
            "torch.jit._pickle restore_type_tag",
            "torch device",
            "collections OrderedDict");
    private static final String TENSOR = "torch._utils _rebuild_tensor_v2";
    private static final Map<String, Integer> STORAGES = Map.ofEntries(
            Map.entry("DoubleStorage", 8),
            Map.entry("FloatStorage", 4),
            Map.entry("HalfStorage", 2),
            Map.entry("BFloat16Storage", 2),
            Map.entry("LongStorage", 8),
            Map.entry("IntStorage", 4),
            Map.entry("ShortStorage", 2),
            Map.entry("CharStorage", 1),
            Map.entry("ByteStorage", 1),
            Map.entry("BoolStorage", 1));

    /** An element of the stack, reduced to the checked properties. */
    private sealed interface Item {
        record Whole(long value) implements Item {}

        record Text(String value) implements Item {}

        record Global(String name) implements Item {}

        record Tuple(List<Item> items, int depth) implements Item {}

        record Storage(long elements) implements Item {}

        record Thing() implements Item {}
    }

    /** Thrown with the reason why a pickle is not one of PyTorch's. */
    static final class Refused extends Exception {
        private Refused(String why) {
            super(why, null, false, false);
        }
    }

    private static final Item THING = new Item.Thing();

    private final ByteBuffer bytes;
    private final ToLongFunction<String> storageBytes;
    private final List<Item> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, Item> memo = new HashMap<>();

    private PickleCheck(byte[] bytes, ToLongFunction<String> storageBytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.storageBytes = storageBytes;
    }

    /**
     * Checks a pickle.
     *
     * @param storageBytes the length of the entry of a storage, −1 if there is none with this key
     */
    static void check(byte[] bytes, ToLongFunction<String> storageBytes) throws Refused {
        try {
            new PickleCheck(bytes, storageBytes).run();
        } catch (java.nio.BufferUnderflowException cut) {
            throw new Refused("it ends early");
        }
    }

    private void run() throws Refused {
        for (int code = bytes.get() & 0xFF; code != '.'; code = bytes.get() & 0xFF) {
            step(code);
        }
        if (stack.size() != 1 || !marks.isEmpty() || bytes.hasRemaining()) {
            throw new Refused("it does not end with one value");
        }
    }

    private void step(int code) throws Refused {
        switch (code) {
            case 0x80 -> bytes.get();
            case ']', '}', 0x88, 0x89, 'N' -> stack.add(THING);
            case ')' -> stack.add(new Item.Tuple(List.of(), 1));
            case '(' -> marks.push(stack.size());
            case 'q' -> memo.put(bytes.get() & 0xFF, top());
            case 'r' -> memo.put(bytes.getInt(), top());
            case 'h' -> stack.add(remembered(bytes.get() & 0xFF));
            case 'j' -> stack.add(remembered(bytes.getInt()));
            case 'K' -> stack.add(new Item.Whole(bytes.get() & 0xFF));
            case 'M' -> stack.add(new Item.Whole(Short.toUnsignedInt(bytes.getShort())));
            case 'J' -> stack.add(new Item.Whole(bytes.getInt()));
            case 0x8a -> stack.add(longOfEight());
            case 'G' -> {
                bytes.getDouble();
                stack.add(THING);
            }
            case 'X' -> stack.add(new Item.Text(text(bytes.getInt())));
            case 'c' -> stack.add(global());
            case 't' -> tuple(sinceMark());
            case 0x85, 0x86, 0x87 -> tuple(popped(code - 0x84));
            case 'e' -> {
                sinceMark();
                requireThing();
            }
            case 'a' -> {
                pop();
                requireThing();
            }
            case 's' -> {
                requireKeys(popped(2));
                requireThing();
            }
            case 'u' -> {
                requireKeys(sinceMark());
                requireThing();
            }
            case 'Q' -> storage();
            case 'R' -> reduce();
            case 0x81 -> object();
            case 'b' -> {
                pop();
                requireThing();
            }
            default -> throw new Refused("it has the opcode " + code + ", which PyTorch does not write");
        }
    }

    private Item top() throws Refused {
        if (stack.isEmpty() || !marks.isEmpty() && marks.peek() == stack.size()) {
            throw new Refused("it takes a value where there is none");
        }
        return stack.getLast();
    }

    private Item pop() throws Refused {
        Item top = top();
        stack.removeLast();
        return top;
    }

    private List<Item> popped(int count) throws Refused {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.addFirst(pop());
        }
        return items;
    }

    private List<Item> sinceMark() throws Refused {
        if (marks.isEmpty()) {
            throw new Refused("it has no mark where it needs one");
        }
        List<Item> since = stack.subList(marks.pop(), stack.size());
        List<Item> items = List.copyOf(since);
        since.clear();
        return items;
    }

    private void requireThing() throws Refused {
        if (!(top() instanceof Item.Thing)) {
            throw new Refused("it changes what is no object, list or dictionary");
        }
    }

    private static void requireKeys(List<Item> pairs) throws Refused {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.size() % 2 != 0 || !(pairs.get(i) instanceof Item.Text || pairs.get(i) instanceof Item.Whole)) {
                throw new Refused("it has a dictionary without keys");
            }
        }
    }

    private Item remembered(int index) throws Refused {
        Item item = memo.get(index);
        if (item == null) {
            throw new Refused("it goes back to a value that it does not have");
        }
        return item;
    }

    private Item longOfEight() throws Refused {
        if (bytes.get() != Long.BYTES) {
            throw new Refused("it has a whole number of other than eight bytes");
        }
        return new Item.Whole(bytes.getLong());
    }

    private String text(int length) throws Refused {
        if (length < 0 || length > bytes.remaining()) {
            throw new Refused("it has a string that is longer than itself");
        }
        byte[] encoded = new byte[length];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (char c = (char) (bytes.get() & 0xFF); c != '\n'; c = (char) (bytes.get() & 0xFF)) {
            line.append(c);
        }
        return line.toString();
    }

    private Item global() throws Refused {
        String module = line();
        String name = line();
        String both = module + " " + name;
        boolean isStorage = module.equals("torch") && STORAGES.containsKey(name);
        boolean isOwn = both.matches("__torch__[\\w.]* \\w+");
        if (!isStorage && !isOwn && !both.equals(TENSOR) && !BUILT_BY.contains(both)) {
            throw new Refused("it names " + org.sdescript.diagnostic.PrintableText.line(module + "." + name)
                    + ", which networks do not need");
        }
        return new Item.Global(both);
    }

    private void tuple(List<Item> items) throws Refused {
        int depth = 1;
        for (Item item : items) {
            depth = item instanceof Item.Tuple tuple ? Math.max(depth, 1 + tuple.depth) : depth;
        }
        if (depth > DEEPEST) {
            throw new Refused("it nests too deeply");
        }
        stack.add(new Item.Tuple(items, depth));
    }

    private void storage() throws Refused {
        if (pop() instanceof Item.Tuple(List<Item> items, int depth)
                && items.size() == 5
                && items.get(0) instanceof Item.Text(String word)
                && word.equals("storage")
                && items.get(1) instanceof Item.Global(String type)
                && STORAGES.get(type.substring(type.indexOf(' ') + 1)) instanceof Integer size
                && items.get(2) instanceof Item.Text(String key)
                && items.get(3) instanceof Item.Text(String device)
                && items.get(4) instanceof Item.Whole(long elements)) {
            long there = storageBytes.applyAsLong(key);
            if (elements < 0 || there < 0 || elements > there / size || !device.matches("cpu|cuda(:\\d{1,2})?")) {
                throw new Refused("a storage has fewer elements than it says");
            }
            stack.add(new Item.Storage(elements));
            return;
        }
        throw new Refused("it refers to something that is no storage");
    }

    private void object() throws Refused {
        boolean isNew = pop() instanceof Item.Tuple(List<Item> arguments, int depth)
                && arguments.isEmpty()
                && pop() instanceof Item.Global(String type)
                && type.startsWith("__torch__");
        if (!isNew) {
            throw new Refused("it makes an object of no class of its own");
        }
        stack.add(THING);
    }

    private void reduce() throws Refused {
        if (!(pop() instanceof Item.Tuple(List<Item> arguments, int depth)
                && pop() instanceof Item.Global(String name))) {
            throw new Refused("it calls what is no function");
        }
        if (name.equals(TENSOR)) {
            requireInside(arguments);
        } else if (!BUILT_BY.contains(name) || !fits(name, arguments)) {
            throw new Refused("it calls what is no function");
        }
        stack.add(THING);
    }

    private static boolean fits(String name, List<Item> arguments) {
        return switch (name) {
            case "collections OrderedDict" -> arguments.isEmpty();
            case "torch device" -> !arguments.isEmpty() && arguments.getFirst() instanceof Item.Text;
            case "torch.jit._pickle restore_type_tag" ->
                arguments.size() == 2
                        && arguments.get(0) instanceof Item.Thing
                        && arguments.get(1) instanceof Item.Text;
            default -> arguments.size() == 1 && arguments.getFirst() instanceof Item.Thing;
        };
    }

    private static void requireInside(List<Item> arguments) throws Refused {
        if (arguments.size() >= 6
                && arguments.get(0) instanceof Item.Storage(long elements)
                && arguments.get(1) instanceof Item.Whole(long offset)
                && arguments.get(2) instanceof Item.Tuple(List<Item> sizes, int one)
                && arguments.get(3) instanceof Item.Tuple(List<Item> strides, int two)
                && sizes.size() == strides.size()
                && isInside(elements, offset, sizes, strides)) {
            return;
        }
        throw new Refused("a tensor lies outside of its storage");
    }

    /** True if the last element of the tensor lies in the storage. */
    private static boolean isInside(long elements, long offset, List<Item> sizes, List<Item> strides) {
        try {
            long last = offset;
            long count = 1;
            for (int axis = 0; axis < sizes.size(); axis++) {
                if (!(sizes.get(axis) instanceof Item.Whole(long size)
                        && strides.get(axis) instanceof Item.Whole(long stride)
                        && size >= 0
                        && stride >= 0)) {
                    return false;
                }
                count = Math.multiplyExact(count, size);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), stride));
            }
            return offset >= 0 && (count == 0 ? offset <= elements : last < elements);
        } catch (ArithmeticException beyondLong) {
            return false;
        }
    }
}
