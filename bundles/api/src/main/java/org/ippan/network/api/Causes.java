// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.net.PortUnreachableException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is behind a failure: the JDK tells some of it by the class of an exception alone, or deep within. Stateless. */
public final class Causes {

    /** Stands for a reason where a failure has none. */
    public static final String UNSAID = "the system gives no reason";

    private Causes() {
    }

    /**
     * {@return the first failure of a type among a failure and its causes}
     *
     * @param <T> the type
     * @param failure the outermost
     * @param type of what is looked for
     */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(type, "type");
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).filter(type::isInstance).map(type::cast)
                .findFirst();
    }

    /**
     * {@return why a server was not heard, in words for operators without a full stop}
     *
     * @param failure from the JDK
     */
    public static String ofNetwork(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        if (failure instanceof PortUnreachableException) {
            return "nothing listens there";
        }
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return "the certificate of the server has expired";
        }
        if (find(failure, CertPathBuilderException.class).isPresent()) {
            return "no authority that Java trusts certifies the server";
        }
        return text(failure);
    }

    /**
     * {@return what a failure says, in words for operators without a full stop; of a class alone what it means}
     *
     * @param failure from the JDK or a library
     */
    public static String text(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        if (find(failure, UnsupportedAddressTypeException.class).isPresent()) {
            return "this JVM has no IPv6, which that address needs: see java.net.preferIPv4Stack";
        }
        return failure.getMessage() == null ? UNSAID : failure.getMessage();
    }
}
