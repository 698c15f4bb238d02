// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import org.osgi.annotation.versioning.ProviderType;

/** A service whose settings may be read, checked and watched: every configured bundle publishes one. */
@ProviderType
@FunctionalInterface
public interface Configurable {

    /** {@return its settings: always the same instance, safe for any thread} */
    LiveSettings<?> settings();
}
