// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Service of each bundle that calls code of applications. Safe for any thread. */
@ProviderType
@FunctionalInterface
public interface CallbackFaultSource {

    /**
     * What is wrong with application code now, or was within the last ten minutes.
     *
     * @return one entry for each registration and problem, in no order
     */
    List<CallbackFault> callbackFaults();
}
