package org.sdescript.mutate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Copies of classes that tell {@link Hits} when a line with a mutant is run. */
final class Probes {
    private static final String HITS = Hits.class.getName().replace('.', '/');

    private final List<Mutant> mutants;

    Probes(List<Mutant> mutants) {
        this.mutants = mutants;
    }

    /** Writes a probed copy of each mutated class into a folder. */
    void write(Mutants source, Path folder) throws IOException {
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < mutants.size(); i++) {
            places.computeIfAbsent(mutants.get(i).className(), k -> new java.util.ArrayList<>())
                    .add(i);
        }
        for (Map.Entry<String, List<Integer>> place : places.entrySet()) {
            Path file = folder.resolve(place.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, probed(Mutants.read(source.file(place.getKey())), place.getValue()));
        }
    }

    private byte[] probed(byte[] bytes, List<Integer> numbers) {
        ClassReader reader = new ClassReader(bytes);
        ClassNode node = new ClassNode();
        reader.accept(node, 0);
        for (int number : numbers) {
            Mutant mutant = mutants.get(number);
            node.methods.stream()
                    .filter(m -> mutant.method().equals(m.name + m.desc))
                    .forEach(m -> probe(m, mutant.line(), number));
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static void probe(MethodNode method, int line, int number) {
        AbstractInsnNode[] instructions = method.instructions.toArray();
        for (AbstractInsnNode instruction : instructions) {
            if (instruction instanceof LineNumberNode place && place.line == line) {
                InsnList call = new InsnList();
                call.add(new LdcInsnNode(number));
                call.add(new MethodInsnNode(Opcodes.INVOKESTATIC, HITS, "hit", "(I)V"));
                insert(method, instruction, call);
            }
        }
    }

    /** Puts the call where the line begins; behind a `new`, whose place the frames name. */
    private static void insert(MethodNode method, AbstractInsnNode line, InsnList call) {
        AbstractInsnNode first = line.getNext();
        while (first != null && first.getOpcode() < 0) {
            first = first.getNext();
        }
        if (first != null && first.getOpcode() == Opcodes.NEW) {
            method.instructions.insert(first, call);
        } else if (first != null) {
            method.instructions.insertBefore(first, call);
        }
    }
}
