// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.util.List;
import java.util.Map;

/** What is stored of configurations, be there a bundle that takes them or not. */
public interface Stored {

    /** What is stored for a PID; empty if nothing. */
    Map<String, Object> of(String pid);

    /** The PIDs of the network for which something is stored. */
    List<String> pids();
}
