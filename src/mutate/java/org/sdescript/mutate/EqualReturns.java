package org.sdescript.mutate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.pitest.mutationtest.engine.MutationDetails;

/** Recognises mutants that return what the method returns anyway: an empty list for an empty list, false for false. */
final class EqualReturns {
    private static final Set<String> EMPTY = Set.of("empty", "emptyList", "emptySet", "emptyMap", "of");
    private static final Set<Integer> ZERO =
            Set.of(Opcodes.ICONST_0, Opcodes.LCONST_0, Opcodes.FCONST_0, Opcodes.DCONST_0);

    private EqualReturns() {}

    /** True if each return of the mutant's line returns the value that the mutant would return. */
    static boolean isEqual(ClassNode node, MutationDetails mutant) {
        String mutator = mutant.getMutator();
        if (!mutator.contains(".returns.")) {
            return false;
        }
        String name = mutant.getId().getLocation().getMethodName();
        String descriptor = mutant.getId().getLocation().getMethodDesc();
        List<AbstractInsnNode> returned = new ArrayList<>();
        node.methods.stream()
                .filter(m -> m.name.equals(name) && m.desc.equals(descriptor))
                .forEach(m -> addReturned(m, mutant.getLineNumber(), returned));
        return !returned.isEmpty() && returned.stream().allMatch(value -> isValue(value, mutator));
    }

    /** Adds the instruction before each return of a line. */
    private static void addReturned(MethodNode method, int line, List<AbstractInsnNode> returned) {
        int current = -1;
        AbstractInsnNode previous = null;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                current = number.line;
            } else if (instruction.getOpcode() >= 0) {
                int code = instruction.getOpcode();
                if (current == line && code >= Opcodes.IRETURN && code <= Opcodes.ARETURN && previous != null) {
                    returned.add(previous);
                }
                previous = instruction;
            }
        }
    }

    private static boolean isValue(AbstractInsnNode value, String mutator) {
        String kind = mutator.substring(mutator.lastIndexOf('.') + 1);
        return switch (kind) {
            case "EmptyObjectReturnValsMutator" -> isEmpty(value);
            case "BooleanTrueReturnValsMutator" -> value.getOpcode() == Opcodes.ICONST_1;
            case "BooleanFalseReturnValsMutator", "PrimitiveReturnsMutator" -> ZERO.contains(value.getOpcode());
            case "NullReturnValsMutator" -> value.getOpcode() == Opcodes.ACONST_NULL;
            default -> false;
        };
    }

    private static boolean isEmpty(AbstractInsnNode value) {
        return value instanceof MethodInsnNode call && call.desc.startsWith("()") && EMPTY.contains(call.name)
                || value instanceof LdcInsnNode constant && "".equals(constant.cst);
    }
}
