// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.Topic;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.arguments.SecretFile;
import org.ippan.network.node.run.RunArguments.Jmx;
import org.ippan.network.node.run.RunArguments.Publication;
import org.ippan.network.node.run.RunArguments.Setting;
import org.ippan.network.node.run.RunArguments.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunArgumentsTest {

    private static final Set<String> PIDS = Set.of("org.ippan.network.gossip", "org.ippan.network.peers");

    private static RunArguments parse(String... arguments) throws UsageException {
        return RunArguments.parse(Arrays.asList(arguments), PIDS);
    }

    @Test
    void shouldRunWithoutAnyArgument() throws UsageException {
        RunArguments parsed = parse();

        assertEquals(new RunArguments(Path.of("ippan-data"), List.of(), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty(), false), parsed);
    }

    @Test
    void shouldReadEveryOptionOfTheUsage() throws UsageException {
        RunArguments parsed = parse("--data", "d", "--listen", "localhost:9700-9709", "--peers", "a:1, [::1]:2",
                "--peers=c:3#" + "ab".repeat(32), "--network-id", "x", "--key-file", "k", "--token-file", "w",
                "--second-key-file", "s", "--publish", "f", "--topic", "t", "--min-peers", "2",
                "--timeout", "30", "--subscribe", "t/*", "--output", "-",
                "--jmx", "0",
                "--http", "127.0.0.1:9780", "--until-stdin-closes");

        assertEquals(new RunArguments(Path.of("d"),
                List.of(new Setting("org.ippan.network.transport", "listenAddress", "localhost:9700-9709"),
                        new Setting("org.ippan.network.web", "enabled", "true"),
                        new Setting("org.ippan.network.web", "listenAddress", "127.0.0.1:9780"),
                        new Setting("org.ippan.network.peers", "seeds", "a:1,[::1]:2,c:3#" + "ab".repeat(32)),
                        new Setting("org.ippan.network.peers", "networkId", "x")),
                List.of(new SecretFile("--key-file", "org.ippan.network.peers", "networkKey", Path.of("k")),
                        new SecretFile("--second-key-file", "org.ippan.network.peers", "secondNetworkKey",
                                Path.of("s")),
                        new SecretFile("--token-file", "org.ippan.network.web", "token", Path.of("w"))),
                Optional.of(new Publication("f", Topic.of("t"), 2, 30)),
                Optional.of(new Subscription("t/*", "-")), Optional.of(new Jmx(0, Optional.empty())), true), parsed);
        assertTrue(parsed.http());
    }

    @Test
    void shouldLetSetHaveTheLastWordAndAnyValue() throws UsageException {
        RunArguments parsed = parse("--set", "org.ippan.network.peers:seeds=a:1,b:2", "--network-id", "x",
                "--set=org.ippan.network.gossip:relayMode=a=b:c",
                "--set", "org.ippan.network.peers.peer~paris:address=", "--set", "org.ippan.network.peers:networkId=y");

        assertEquals(List.of(new Setting("org.ippan.network.peers", "networkId", "x"),
                new Setting("org.ippan.network.peers", "seeds", "a:1,b:2"),
                new Setting("org.ippan.network.gossip", "relayMode", "a=b:c"),
                new Setting("org.ippan.network.peers.peer~paris", "address", ""),
                new Setting("org.ippan.network.peers", "networkId", "y")), parsed.settings());
    }

    @Test
    void shouldNameTheKnownPidsWhenOneIsUnknown() {
        UsageException refused = assertThrows(UsageException.class,
                () -> parse("--set", "org.ippan.network.gosip:relayMode=flood"));

        assertEquals("unknown PID 'org.ippan.network.gosip'; there are org.ippan.network.gossip, "
                + "org.ippan.network.peers, org.ippan.network.peers.peer~ALIAS", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--set x", "--set :k=v", "--set org.ippan.network.gossip",
        "--set org.ippan.network.gossip:=v", "--set org.ippan.network.peers.peer~:address=a:1", "--listen 9700",
        "--listen h:65536", "--listen h:1-99999", "--peers a", "--peers a:1#12", "--publish f", "--topic t",
        "--publish f --topic " + "\u0001", "--publish f --topic ippan/status",
        "--subscribe t", "--output o", "--min-peers 2", "--publish f --topic t --min-peers 0",
        "--publish f --topic t --min-peers x", "--data a --data b", "--data", "--nonsense", "stray",
        "--until-stdin-closes=maybe", "--publish - --topic t --until-stdin-closes", "--jmx -1", "--jmx 65536",
        "--jmx", "--jmx-password f", "--jmx 0 --jmx-password /nowhere/at/all"})
    void shouldRefuseWhatItCannotUse(String arguments) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(arguments.split(" ")));

        assertTrue(refused.getMessage().length() > 10, refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--set x | --set is PID:KEY=VALUE, not 'x'",
        "--listen 9700 | --listen is HOST:PORT or HOST:PORT-PORT, not '9700'",
        "--peers a | --peers is a list of HOST:PORT or HOST:PORT#ID: ",
        "--publish f | --publish and --topic go together",
        "--subscribe t | --subscribe and --output go together",
        "--min-peers 2 | --min-peers says when --publish begins, which is missing",
        "--timeout 2 | --timeout says when --publish gives up, which is missing",
        "--jmx-password f | --jmx-password says who may use --jmx, which is missing",
        "--new-key f --key-file g | --new-key FILE makes a key and uses it, so --key-file has no place beside it",
        "--publish - --topic t --until-stdin-closes | --publish - and --until-stdin-closes both want standard input",
        "--jmx 65536 | --jmx is a whole number from 0 to 65535, not '65536'",
        "--data | --data needs a value",
        "--data a --data b | --data may be given once",
        "--nonsense | unknown argument '--nonsense'",
        "--until-stdin-closes=maybe | --until-stdin-closes is true or false, not 'maybe'"})
    void shouldSayWhatIsWrongWithAnArgumentAndWhatItIs(String arguments, String sentence) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(arguments.split(" ")));

        assertTrue(refused.getMessage().startsWith(sentence), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--data", "--listen", "--peers", "--network-id", "--key-file", "--new-key", "--token-file",
            "--second-key-file", "--publish", "--topic", "--subscribe", "--output", "--jmx", "--jmx-password",
            "--http"})
    void shouldRefuseAnEmptyValueAsAVariableMayNotHaveBeenSet(String option) {
        for (String[] written : List.of(new String[] {option, ""}, new String[] {option + "=  "})) {
            UsageException refused = assertThrows(UsageException.class, () -> parse(written));

            assertEquals(option + " is empty: give it a value, or leave it out", refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/*/b", "**", "a*", "a\tb"})
    void shouldRefuseToSubscribeToWhatIsNoPattern(String pattern) {
        UsageException refused = assertThrows(UsageException.class,
                () -> parse("--subscribe", pattern, "--output", "-"));

        assertEquals("--subscribe is a topic (1 to 64 bytes without control characters), PREFIX/* or *, not '"
                + pattern + "'", refused.getMessage());
    }
}
