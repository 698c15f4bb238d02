// SPDX-License-Identifier: Apache-2.0
/**
 * The checks: each finds one kind of trouble and says what to do about it. The core of the doctor calls them in
 * turn for each examination. They run on the caller's thread; only probes of addresses use threads of the bundle.
 */
package org.ippan.network.doctor.checks;
