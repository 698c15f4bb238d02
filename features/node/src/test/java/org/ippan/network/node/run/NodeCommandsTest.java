// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.ippan.network.node.launch.Pids;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;

/** The command lines of the node that documents print are taken as they stand. */
class NodeCommandsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String RUN = "java -jar ippan-node.jar run ";
    private static final Set<String> PIDS = Set.of(Pids.TRANSPORT, Pids.PEERS, Pids.GOSSIP, Pids.WEB);

    @Test
    void shouldTakeEveryCommandLineThatIsPrinted() throws Exception {
        List<String> commands = CodeBlock.pages(ROOT).stream()
                .flatMap(page -> CodeBlock.of(page, NodeCommandsTest.class).stream())
                .flatMap(block -> block.commands().stream()).filter(command -> command.startsWith(RUN)).toList();

        assertFalse(commands.isEmpty());
        for (String command : commands) {
            RunArguments.parse(List.of(command.substring(RUN.length()).split(" +")), PIDS);
        }
    }
}
