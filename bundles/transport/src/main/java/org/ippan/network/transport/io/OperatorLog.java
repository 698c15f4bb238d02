// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import java.util.function.Consumer;

/**
 * Where operators read what happens.
 *
 * @param warn takes what is wrong
 * @param info takes what is right again
 */
public record OperatorLog(Consumer<String> warn, Consumer<String> info) {
}
