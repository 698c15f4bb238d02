// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.shell.output.Output;
import org.ippan.network.shell.output.Services;

/** Services that answer as a test wants, and what commands write. */
final class Fakes {

    private Fakes() {
    }

    /** An interface of which only the methods that {@code answers} has too, by name, are answered. */
    static <T> T fake(Class<T> type, Object answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, in) -> {
            var answer = Arrays.stream(answers.getClass().getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(method.getName())).findFirst()
                    .orElseThrow(() -> new UnsupportedOperationException(method.getName()));
            answer.setAccessible(true);
            try {
                return answer.invoke(answers, in);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    static Services services(Doctor doctor, SnapshotSource... sources) {
        Services services = new Services();
        services.bind(doctor);
        for (int i = 0; i < sources.length; i++) {
            services.bind("Source" + i, sources[i]);
        }
        return services;
    }

    /** Something that writes. */
    interface Writing {
        void to(Output out) throws Exception;
    }

    /** The lines that are written, without spaces at their ends. */
    static List<String> lines(Output.Form form, Writing writing) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(new Output(new PrintStream(bytes, true, StandardCharsets.US_ASCII), form));
        return bytes.toString(StandardCharsets.US_ASCII).lines().map(String::stripTrailing).toList();
    }
}
