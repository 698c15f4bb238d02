// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two nodes of which one listens: what tests of their links begin with. */
abstract class TwoNodes {

    TestNode alice;
    TestNode bob;

    @BeforeEach
    void startBoth() {
        alice = new TestNode();
        bob = new TestNode();
        bob.listen();
    }

    @AfterEach
    void stopBoth() {
        alice.close();
        bob.close();
    }
}
