// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;

/** Whose files this process trusts: its own user's and root's. Java does not tell its user but by name. Immutable. */
final class Owners {

    private static final Set<UserPrincipal> TRUSTED = find();

    private Owners() {
    }

    private static Set<UserPrincipal> find() {
        Set<UserPrincipal> own = new HashSet<>();
        addByName(own, System.getProperty("user.name"));
        try {
            // Where a user has no name, as in many containers, the kernel knows the owner of the process all the same.
            own.add(Files.getOwner(Path.of("/proc/self")));
        } catch (IOException | UnsupportedOperationException e) {
            // No Linux: the name has to do.
            return withRoot(own);
        }
        return withRoot(own);
    }

    private static Set<UserPrincipal> withRoot(Set<UserPrincipal> own) {
        if (!own.isEmpty()) {
            addByName(own, "root");
        }
        return Set.copyOf(own);
    }

    private static void addByName(Set<UserPrincipal> own, String name) {
        try {
            own.add(FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
        } catch (IOException | UnsupportedOperationException e) {
            // There is no such user here, so no file of his either.
            return;
        }
    }

    /** Whether files of this owner are trusted; where the process's own user cannot be found out, all are. */
    static boolean trusted(UserPrincipal owner) {
        return TRUSTED.isEmpty() || TRUSTED.contains(owner);
    }
}
