// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.NodeException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a node says when a file in which it keeps its state cannot be used: the node runs all the same, and the file is
 * kept for a person to look at. The identity, without which it does not serve, is in {@link DoctorIT}.
 */
@Tag(Nodes.WAITING)
class StateFilesIT {

    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rwx------"));
    private static final int ANOTHER_USER = 65_534;
    /** A node tries its listener again for as long as it may take to start, which is half a minute by default. */
    private static final Duration TO_BE_REFUSED = Duration.ofSeconds(10);
    private static final String KEPT = ". What is whole is used, the file is kept as ";

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private Path book;
    private Path scores;
    private Path added;

    @BeforeEach
    void place() throws IOException {
        Path state = Files.createDirectories(nodes.path("node").resolve("state"), PRIVATE);
        book = Files.createDirectories(state.resolve("peers"), PRIVATE).resolve("book");
        scores = Files.createDirectories(state.resolve("reputation"), PRIVATE).resolve("scores");
        added = state.resolve("peers-added.properties");
    }

    private void says(String sentence) {
        logged.says(sentence);
    }

    private static void pipe(Path file) throws Exception {
        assertTrue(new ProcessBuilder("mkfifo", "-m", "600", file.toString()).start().waitFor(10, TimeUnit.SECONDS));
    }

    private void stops(IppanNode node) {
        node.close();
        assertEquals(0, logged.count("Exception"));
    }

    @Test
    void shouldSayThatItsFilesAreDamagedAndKeepThem() throws Exception {
        Files.write(book, new byte[] {1, 2, 3});
        Files.write(scores, new byte[] {1, 2, 3, 4, 5});

        IppanNode node = nodes.embed("node");

        says("The address book is damaged: 0 records are whole, its end is missing, 3 bytes are damaged" + KEPT
                + book + ".unreadable");
        says("The file of scores " + scores + " is damaged: 0 records are whole, its end is missing, 5 bytes are"
                + " damaged. Peers and bans that are lost begin at 0; the file is kept as " + scores + ".unreadable");
        stops(node);
        assertEquals(3, Files.size(book.resolveSibling("book.unreadable")));
    }

    @Test
    void shouldReadNoPipesAndNoFilesOfOtherPlaces() throws Exception {
        pipe(book);
        Files.createSymbolicLink(scores, Path.of("/etc/passwd"));

        IppanNode node = nodes.embed("node");

        says("The address book cannot be read: " + book + ": it is a pipe, socket or device, which is not waited"
                + " for" + KEPT + book + ".unreadable");
        says("The file of scores cannot be read: " + scores + ": it is a symbolic link, which is not followed"
                + " here; give the path it leads to. Every peer begins at 0; the file is kept as " + scores
                + ".unreadable");
        stops(node);
        assertTrue(Files.isSymbolicLink(scores.resolveSibling("scores.unreadable")));
    }

    @Test
    void shouldSayThatNothingCanBeReadOrSavedWhereAFolderIsNone() throws Exception {
        Files.writeString(Files.move(book.getParent(), nodes.path("was-peers")).resolve("x"), "x");
        Files.writeString(book.getParent(), "a file in the place of the folder");
        Files.delete(scores.getParent());
        Files.writeString(scores.getParent(), "another");

        IppanNode node = nodes.embed("node");

        says("The address book cannot be read: " + book.getParent() + ": it is a file, not a folder, and cannot"
                + " be moved aside: " + book.getParent() + ": ");
        says("The file of scores cannot be read: " + scores.getParent() + ": it is a file, not a folder. Every"
                + " peer begins at 0; it cannot be moved aside: " + scores.getParent() + ": ");
        says("Scores cannot be saved to " + scores + ": " + scores.getParent() + ": it is a file, not a folder."
                + " Trying again");
        stops(node);
    }

    @Test
    void shouldSayAtItsEndThatTheAddressBookIsLost() throws Exception {
        String peer = Nodes.address(nodes.embed("peer"));
        IppanNode node = nodes.embed("node", peer);
        says("is up: connected to " + peer);
        Files.createDirectories(book.resolve("in-the-way"), PRIVATE);

        stops(node);

        says("The address book cannot be saved: " + book + ".tmp to " + book + ": Is a"
                + " directory. Trying again each minute; a restart forgets addresses learnt since");
    }

    @Test
    void shouldSayWhichOfItsFilesOthersMayReadAndWhichAreTooLong() throws Exception {
        Path folder = Files.createDirectories(book.getParent().resolveSibling("transport"), PRIVATE);
        Path open = Files.writeString(folder.resolve("note"), "read by all");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(added, new byte[(1 << 20) + 1]);

        IppanNode node = nodes.embed("node");

        says(added + ": it is too long: 1048577 bytes, and at most 1048576 are read");
        says(open + " is open to other users: group read, others read; run chmod -R go= " + folder + " as the"
                + " user of the node, and replace keys that were read");
        stops(node);
    }

    /** Only root can give files to others; elsewhere this is left out. */
    @Test
    void shouldUseNoFilesOfAnotherUser() throws Exception {
        Path folder = Files.createDirectories(book.getParent().resolveSibling("transport"), PRIVATE);
        Path note = Files.writeString(folder.resolve("note"), "of another user");
        Files.write(scores, new byte[1]);
        give(note);
        String other = give(scores);
        Assumptions.assumeFalse(other.isEmpty(), "only root can give files to others");

        IppanNode node = nodes.embed("node");

        says("The file of scores cannot be read: " + scores + ": it belongs to " + other + ", not to the user of this"
                + " process; change its owner. Every peer begins at 0; the file is kept as " + scores
                + ".unreadable");
        says(note + " is open to other users: it belongs to " + other + "; run chmod -R go= " + folder + " as the user"
                + " of the node, and replace keys that were read");
        stops(node);
    }

    /** The name of the user who has a file now; empty if it cannot be given away. */
    private static String give(Path file) {
        try {
            Files.setAttribute(file, "unix:uid", ANOTHER_USER);
            return Files.getOwner(file).getName();
        } catch (IOException e) {
            return "";
        }
    }

    /** Copied by halves, from two nodes. */
    @Test
    void shouldSayThatTheHalvesOfItsIdentityDoNotBelongTogether() throws Exception {
        nodes.embed("node").close();
        nodes.embed("other").close();
        Path identity = identity("node");
        String certificate = Files.readString(identity("other")).replaceFirst("(?s).*(?=-----BEGIN CERTIFICATE)", "");
        Files.writeString(identity, Files.readString(identity).replaceFirst("(?s)-----BEGIN CERTIFICATE.*",
                certificate));

        NodeException refusal = assertThrows(NodeException.class, () -> nodes.embed("node",
                builder -> builder.startTimeout(TO_BE_REFUSED)));

        assertTrue(refusal.getMessage().contains("key and certificate do not belong together"), refusal.getMessage());
    }

    private Path identity(String node) {
        return nodes.path(node).resolve("state").resolve("transport").resolve("identity.pem");
    }

    @Test
    void shouldFindThatTheAddressBookIsNotSaved() throws Exception {
        IppanNode peer = nodes.embed("peer");
        IppanNode node = nodes.embed("node", Nodes.address(peer));
        Nodes.awaitPeers(node, 1);
        Files.createDirectories(book.resolveSibling("book.tmp").resolve("in-the-way"), PRIVATE);

        Diagnosis.of(node).finds("WARN address-book: Addresses of peers cannot be saved: …" + book + ".tmp: it is a"
                + " folder that is not empty. Make room, or the folder writable; until then a restart forgets them.");
    }

    /** It once ended here, saying that bundles could not be installed. */
    @Test
    void shouldStartWithoutAddedPeersThatCannotBeRead() throws Exception {
        String lost = "ippan-node: peers that operators added are lost, as their file cannot be read: ";
        String again = "; it is kept as " + added + ".unreadable%s. Add them again";
        pipe(added);
        IppanNode node = nodes.embed("node");
        says(lost + added + ": it is a pipe, socket or device, which is not waited for" + again.formatted(""));
        stops(node);

        Files.writeString(added, "nonsense\n");
        IppanNode second = nodes.embed("node");
        says(lost + "a line of it is not NAME.KEY=VALUE" + again.formatted("-2"));
        stops(second);

        Files.writeString(added, "paris.address=\\u00zz\n");
        nodes.embed("node");
        says(lost + "Malformed \\uxxxx encoding." + again.formatted("-3"));
        Files.createDirectories(added.resolve("in-the-way"), PRIVATE);
        try (JmxClient jmx = JmxClient.local()) {
            jmx.call("Peers", "add", "127.0.0.1:1", "lyon");
        }
        says("ippan-node: added peers are not kept for the next start: cannot write " + added + ": ");
    }
}
