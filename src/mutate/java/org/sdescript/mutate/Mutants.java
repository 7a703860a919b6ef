package org.sdescript.mutate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.classinfo.ClassName;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;

/** The mutants of the classes below a folder, by PIT's default mutators. */
final class Mutants {
    private static final Set<String> ENUM_METHODS = Set.of("values", "valueOf", "$values");
    private static final Set<String> OBJECT_METHODS = Set.of("toString", "hashCode");

    private final Path classes;
    private final Mutater mutater;

    Mutants(Path classes) {
        this.classes = classes;
        this.mutater = new GregorEngineFactory()
                .createEngine(EngineArguments.arguments())
                .createMutator(source());
    }

    /** Finds the classes of the folder first, then those of the class path and the JDK. */
    private ClassByteArraySource source() {
        return name -> Optional.of(file(name.replace('/', '.')))
                .filter(Files::exists)
                .map(Mutants::read)
                .or(() -> resource(name.replace('.', '/') + ".class"));
    }

    private static Optional<byte[]> resource(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of a class. */
    Path file(String className) {
        return classes.resolve(className.replace('.', '/') + ".class");
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number of mutants of these packages, drawn by a seed without replacement. */
    List<Mutant> sample(List<String> packages, int number, long seed) throws IOException {
        return all(packages).stream()
                .sorted(Comparator.comparing(m -> m.rank(seed)))
                .limit(number)
                .toList();
    }

    /** The mutants of these packages that have one of these names. */
    List<Mutant> named(List<String> packages, List<String> names) throws IOException {
        return all(packages).stream().filter(m -> names.contains(m.name())).toList();
    }

    private List<Mutant> all(List<String> packages) throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        for (String name : packages) {
            Path folder = classes.resolve(name.replace('.', '/'));
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(f -> f.toString().endsWith(".class"))
                            .sorted()
                            .forEach(f -> addMutants(name, f, mutants));
                }
            }
        }
        return mutants;
    }

    private void addMutants(String packageName, Path file, List<Mutant> mutants) {
        ClassNode node = new ClassNode();
        new ClassReader(read(file)).accept(node, ClassReader.SKIP_FRAMES);
        String simple = file.getFileName().toString().replace(".class", "");
        for (MutationDetails details : mutater.findMutations(ClassName.fromString(packageName + "." + simple))) {
            if (isWritten(node, details) && !EqualReturns.isEqual(node, details)) {
                mutants.add(new Mutant(details));
            }
        }
    }

    /** True of a method that somebody wrote and that has a meaning: no bridge, no method of an enum or a record, no text for a debugger. */
    private static boolean isWritten(ClassNode node, MutationDetails details) {
        String name = details.getId().getLocation().getMethodName();
        String descriptor = details.getId().getLocation().getMethodDesc();
        boolean isEnum = (node.access & Opcodes.ACC_ENUM) != 0;
        if (OBJECT_METHODS.contains(name) || name.equals("<clinit>") || isEnum && ENUM_METHODS.contains(name)) {
            return false;
        }
        return node.methods.stream()
                .filter(m -> m.name.equals(name) && m.desc.equals(descriptor))
                .allMatch(Mutants::isWritten);
    }

    private static boolean isWritten(MethodNode method) {
        boolean synthetic = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
        return (!synthetic || method.name.startsWith("lambda$")) && !isGenerated(method);
    }

    /** True of a record's own {@code equals}, which the JVM links to {@code ObjectMethods}, and of a method that only returns a field. */
    private static boolean isGenerated(MethodNode method) {
        List<Integer> codes = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof InvokeDynamicInsnNode call
                    && call.bsm.getOwner().equals("java/lang/runtime/ObjectMethods")) {
                return true;
            }
            if (instruction.getOpcode() >= 0) {
                codes.add(instruction.getOpcode());
            }
        }
        return codes.size() == 3 && codes.get(0) == Opcodes.ALOAD && codes.get(1) == Opcodes.GETFIELD;
    }

    /** Writes the class with the change into a folder that is to stand first on a class path. */
    synchronized Path write(Mutant mutant, Path folder) throws IOException {
        Path file = folder.resolve(mutant.className().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, mutater.getMutation(mutant.details().getId()).getBytes());
        return file;
    }
}
