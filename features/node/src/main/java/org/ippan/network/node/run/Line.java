// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

/**
 * One line of a file.
 *
 * @param number 1 for the first
 * @param bytes the line without its newline; null if it is longer than the reader takes
 * @param length its length in bytes
 */
record Line(long number, byte[] bytes, long length) {

    boolean tooLong() {
        return bytes == null;
    }
}
