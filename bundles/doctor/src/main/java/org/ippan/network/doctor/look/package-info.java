// SPDX-License-Identifier: Apache-2.0
/**
 * What the doctor sees of the node at one moment, and the words it uses for times, scores and the end of
 * connections. The checks and the explanations of this bundle read it. Everything is immutable after it is taken,
 * so any thread may use it.
 */
package org.ippan.network.doctor.look;
