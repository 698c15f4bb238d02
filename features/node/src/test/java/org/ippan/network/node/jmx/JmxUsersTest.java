// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmxUsersTest {

    @TempDir
    Path folder;

    private Path file(String mode, String content) throws IOException {
        Path file = Files.writeString(folder.resolve("users"), content, StandardCharsets.ISO_8859_1);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static JmxRole role(JmxUsers users, String... credentials) {
        return users.role(users.authenticate(credentials));
    }

    @Test
    void shouldKnowUsersAndTheirRoles() throws Exception {
        JmxUsers users = JmxUsers.read(file("rw-------",
                "# who\n\n anna  s3cret readwrite\nbert\tpass#word\ncarl other readonly\n"));

        assertEquals(JmxRole.READWRITE, role(users, "anna", "s3cret"));
        assertEquals(JmxRole.READONLY, role(users, "bert", "pass#word"));
        assertEquals(JmxRole.READONLY, role(users, "carl", "other"));
    }

    @Test
    void shouldTakeTheFileThatTheDocumentsPrint() throws Exception {
        CodeBlock printed = CodeBlock.of(Path.of("..", "..", "docs").resolve("operations.md"), JmxUsersTest.class)
                .get(0);

        JmxUsers users = JmxUsers.read(file("rw-------", printed.text()));

        assertEquals(JmxRole.READWRITE, role(users, "anna", "correct-horse-battery"));
        assertEquals(JmxRole.READONLY, role(users, "grafana", "only-looking"));
    }

    @Test
    void shouldRefuseWhoIsNotKnown() throws Exception {
        JmxUsers users = JmxUsers.read(file("r--------", "anna s3cret readwrite\n"));

        Object[] wrong = {null, "anna", new String[0], new String[] {"anna"}, new String[] {"anna", null},
            new String[] {null, "s3cret"}, new String[] {"anna", "s3cre"}, new String[] {"bert", "s3cret"},
            new String[] {"anna", "s3cret", ""}, new Object[] {"anna", "s3cret"}};
        for (Object credentials : wrong) {
            assertThrows(SecurityException.class, () -> users.authenticate(credentials));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
    void shouldRefuseAFileThatIsNotItsOwnersAlone(String mode) throws IOException {
        Path file = file(mode, "anna s3cret readwrite\n");

        UsageException refused = assertThrows(UsageException.class, () -> JmxUsers.read(file));

        assertTrue(refused.getMessage().endsWith("make it yours alone: chmod 600 " + file), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# anna s3cret\n", "s3cret\n", "anna s3cret admin\n", "anna s3cret READWRITE\n",
        "anna s3cret readonly s3cret\n", "anna s3cret\nanna s3cret readwrite\n", "anna s3cret \u0080\n"})
    void shouldRefuseAFileItDoesNotUnderstandWithoutQuotingIt(String content) throws IOException {
        Path file = file("rw-------", content);

        UsageException refused = assertThrows(UsageException.class, () -> JmxUsers.read(file));

        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
    }
}
