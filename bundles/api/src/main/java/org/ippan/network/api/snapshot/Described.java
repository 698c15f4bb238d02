// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.snapshot;

import org.osgi.annotation.versioning.ProviderType;

/** A constant that says what is counted under it: the keys of maps in snapshots are enums of such. */
@ProviderType
public interface Described {

    /**
     * The sentence shown to operators.
     *
     * @return what is counted
     */
    String description();
}
