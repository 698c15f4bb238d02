// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.util.Locale;
import java.util.Locale.Category;
import org.osgi.framework.BundleException;

/**
 * Does something in a locale whose digits are 0 to 9. The framework makes a version of the Java release with the
 * default locale's digits and then refuses it. Other locales stay as they are; one
 * thread at a time has the default changed.
 */
final class LatinDigits {

    /** Something that reads the default locale. */
    @FunctionalInterface
    interface Action {
        void run() throws BundleException;
    }

    /** Does it, and gives the program its locale back. */
    void run(Action action) throws BundleException {
        synchronized (LatinDigits.class) {
            Locale own = Locale.getDefault(Category.FORMAT);
            if (String.format(own, "%d", 0).equals("0")) {
                action.run();
                return;
            }
            Locale.setDefault(Category.FORMAT, Locale.ROOT);
            try {
                action.run();
            } finally {
                Locale.setDefault(Category.FORMAT, own);
            }
        }
    }
}
