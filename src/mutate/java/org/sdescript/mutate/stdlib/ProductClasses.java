package org.sdescript.mutate.stdlib;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The product's classes, loaded once for all mutants, so that they stay compiled. A file of the library can be replaced. What is
 * package-private becomes public, since the tests of a package are loaded by another loader; and what evaluates the syntax tree
 * reports to {@link Visits}.
 */
final class ProductClasses extends URLClassLoader {
    private static final int HIDING = Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED | Opcodes.ACC_PUBLIC;

    private final boolean recorded;
    private final Map<String, String> replaced = new ConcurrentHashMap<>();

    ProductClasses(Path classes, ClassLoader parent, boolean recorded) throws IOException {
        super(new URL[] {classes.toUri().toURL()}, parent);
        this.recorded = recorded;
    }

    /** From now on the file {@code stdlib/NAME.sde} has this text, and all others their own. */
    void replace(String file, String text) {
        replaced.clear();
        replaced.put("org/sdescript/" + file, text);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return isOurs(name) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    static boolean isOurs(String name) {
        return name.startsWith("org.sdescript.") && !name.startsWith("org.sdescript.mutate.");
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        URL file = findResource(name.replace('.', '/') + ".class");
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = file.openStream()) {
            byte[] code = opened(in.readAllBytes());
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        String text = replaced.get(name);
        return text == null
                ? super.getResourceAsStream(name)
                : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] opened(byte[] code) {
        ClassReader reader = new ClassReader(code);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(new Opened(writer, recorded && reader.getClassName().startsWith("org/sdescript/runtime/")), 0);
        return writer.toByteArray();
    }

    private static int open(int access) {
        return (access & Opcodes.ACC_PRIVATE) != 0 ? access : access & ~HIDING | Opcodes.ACC_PUBLIC;
    }

    private static final class Opened extends ClassVisitor {
        private final boolean recorded;

        Opened(ClassVisitor next, boolean recorded) {
            super(Opcodes.ASM9, next);
            this.recorded = recorded;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            super.visit(version, open(access), name, signature, parent, interfaces);
        }

        @Override
        public void visitInnerClass(String name, String outer, String inner, int access) {
            super.visitInnerClass(name, outer, inner, open(access));
        }

        @Override
        public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
            return super.visitField(open(access), name, type, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor body = super.visitMethod(open(access), name, type, signature, exceptions);
            boolean evaluates = recorded
                    && !name.startsWith("<")
                    && (access & Opcodes.ACC_ABSTRACT) == 0
                    && type.startsWith("(Lorg/sdescript/ast/");
            return evaluates ? new Reporting(body, (access & Opcodes.ACC_STATIC) != 0 ? 0 : 1) : body;
        }
    }

    private static final class Reporting extends MethodVisitor {
        private final int node;

        Reporting(MethodVisitor next, int node) {
            super(Opcodes.ASM9, next);
            this.node = node;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(Opcodes.ALOAD, node);
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    "org/sdescript/mutate/stdlib/Visits",
                    "visited",
                    "(Ljava/lang/Object;)V",
                    false);
        }
    }
}
