// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.snapshot;

import org.osgi.annotation.versioning.ProviderType;

/** A constant that says what is counted under it: the keys of maps in snapshots are enums of such. */
@ProviderType
public interface Described {

    /** {@return what is counted, in a sentence shown to operators} */
    String description();

    /** {@return in which it is counted; empty if as all keys of its map} */
    default String unit() {
        return "";
    }
}
