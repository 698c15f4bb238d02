// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

/** When a changed setting takes effect. */
public enum Applies {
    /** At once, for everything. */
    LIVE("at once"),
    /** For connections opened from then on; those that exist keep the old value. */
    NEW("new connections only"),
    /** At once; the listener is closed and opened again, other connections stay. */
    REBIND("rebinds the listener"),
    /** When the bundle is started again. */
    RESTART("after a restart of the bundle");

    private final String text;

    Applies(String text) {
        this.text = text;
    }

    /** {@return the sentence part shown to operators, for example {@code at once}} */
    public String text() {
        return text;
    }
}
