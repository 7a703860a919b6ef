package org.sdescript.mutate.stdlib;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** The test classes, loaded anew for each mutant, so that nothing of another mutant stays in their fields. */
final class TestClasses extends URLClassLoader {
    TestClasses(Path classes, ProductClasses product) throws IOException {
        super(new URL[] {classes.toUri().toURL()}, product);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            boolean own = ProductClasses.isOurs(name) && findResource(name.replace('.', '/') + ".class") != null;
            return own ? findClass(name) : super.loadClass(name, resolve);
        }
    }
}
