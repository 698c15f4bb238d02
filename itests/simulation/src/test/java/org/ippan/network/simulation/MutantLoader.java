// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Loads the project anew with one class changed: its source is changed and compiled in memory, everything else is taken
 * as it was built.
 */
final class MutantLoader extends ClassLoader {

    private static final String OURS = "org.ippan.network.";

    private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

    MutantLoader(Mutant mutant) throws IOException {
        super(MutantLoader.class.getClassLoader());
        String source = Files.readString(Path.of(mutant.source()));
        if (source.split(Pattern.quote(mutant.before), -1).length != 2) {
            throw new IllegalStateException(mutant + ": its place must stand once in " + mutant.source());
        }
        compile(mutant.className(), source.replace(mutant.before, mutant.after));
    }

    private void compile(String className, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject source = new SimpleJavaFileObject(
                URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        try (JavaFileManager files = new Memory(compiler.getStandardFileManager(null, null, null))) {
            if (!compiler.getTask(null, files, null, List.of("-nowarn", "-proc:none"), null, List.of(source)).call()) {
                throw new IllegalStateException(className + ": the changed source does not compile");
            }
        }
    }

    /** Keeps what the compiler writes. */
    private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
                FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            compiled.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] bytes = name.startsWith(OURS) ? bytes(name) : null;
            return bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] bytes(String name) {
        if (compiled.containsKey(name)) {
            return compiled.get(name).toByteArray();
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
