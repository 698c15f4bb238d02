// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.main;

/** What {@code -h} and {@code --help} print. */
final class Usage {

    /** On one screen, also before the reason why arguments are refused. */
    static final String SHORT = """
            usage: java -jar ippan-node.jar run [OPTION]...
                   java -jar ippan-node.jar demo [OPTION]...
                   java -jar ippan-node.jar -h | --help | --version

            run: starts a node that stays up until SIGTERM or Ctrl-C
              --data DIR            directory of the node (default: ippan-data)
              --listen HOST:PORT    where to listen (default: 127.0.0.1:9700)
              --peers HOST:PORT,... peers to dial
              --network-id ID       the network to take part in (default: default)
              --key-file FILE       the network's secret; --new-key FILE makes one
              --set PID:KEY=VALUE   sets any configuration key
              --subscribe T --output FILE  receives the messages of a topic
              --publish FILE --topic T     publishes each line as one message
              --http HOST:PORT      a page and Prometheus; --token-file FILE guards it
              --jmx PORT            lets JMX clients on this machine manage the node

            demo: starts nodes as processes on this machine
              --nodes N   --input FILE   --output DIR   --once

            --help explains every option.
            """;

    static final String TEXT = """
            A node of an ippan network: gossip over mutual TLS, in plain Felix.

            usage: java -jar ippan-node.jar run [OPTION]...
                   java -jar ippan-node.jar demo [OPTION]...
                   java -jar ippan-node.jar -h | --help | --version

            run: starts a node that stays up until SIGTERM or Ctrl-C, then says goodbye and exits with 0
              --data DIR            directory of the node; DIR/state has its identity and what it
                                    learnt, DIR/cache is wiped at each start (default: ippan-data)
              --listen HOST:PORT    where to listen; HOST:FROM-TO takes the first free port, port 0 any
                                    (default: 127.0.0.1:9700)
              --peers HOST:PORT,... peers to dial, each with #ID to accept only that id there
              --network-id ID       the network to take part in (default: default)
              --key-file FILE       file with the network's secret, without which no node connects
              --new-key FILE        makes that file with a new secret and uses it; copy it to the other nodes
                                    for their --key-file
              --second-key-file FILE  file with a secret that is accepted too, while the network gets another
              --token-file FILE     file with the token of the page, 16 or more characters: what a client must know
                                    to ban, connect or publish there
              --set PID:KEY=VALUE   sets a configuration key, for example
                                    --set org.ippan.network.gossip:relayMode=flood; may be repeated;
                                    a value that is refused ends the node with exit code 2; secrets have files
                                    of their own, as every user of the machine can read this line
              --publish FILE        publishes each line as one message ('-': standard input); equal
                                    lines are separate messages
              --topic T             topic of the lines to publish
              --min-peers N         peers to wait for before publishing (default: 1)
              --timeout SECONDS     gives up and exits with 1 when no line could be published for so long
                                    (default: 0, which waits for ever); what it waits for is told
              --subscribe T         receives the messages of a topic (T, PREFIX/* or *) ...
              --output FILE         ... and appends each to this file as one line; with '-' they go to
                                    standard output, and all else to standard error
              --jmx PORT            lets JMX clients on this machine manage the node: jconsole 127.0.0.1:PORT;
                                    0 takes any free port
              --jmx-password FILE   asks them for a user and a password; FILE has lines USER PASSWORD ROLE, is
                                    readable by its owner only, and ROLE is readonly (default) or readwrite;
                                    without it, anybody on this machine may manage the node
              --http HOST:PORT      shows the node: a page at http://HOST:PORT/, Prometheus at /metrics; 0 takes any
                                    free port; HOST is a loopback address, or
                                    --token-file says who may read
              --until-stdin-closes  ends when standard input does, for whoever starts nodes by program
              Prints READY id=ID listen=HOST:PORT when it listens, listen=none when it is up but does not
              serve, followed by jmx=HOST:PORT with --jmx and http=HOST:PORT with --http, and by absent=NAMES
              where services are missing; PUBLISHED lines=N seconds=S when every line was accepted.

            demo: starts nodes as processes on this machine, publishes a file at the first, writes what each
            other one receives to DIR/node-K.txt, and shows their counters, read over JMX, until Ctrl-C; a few
            messages a second on another topic keep their pages, whose addresses it prints, busy meanwhile
              --nodes N             how many nodes (default: 5)
              --input FILE          the file; without one, DIR/input.txt is made
              --output DIR          where the results go (default: ippan-demo)
              --once                ends by itself: with 0 if every node received every line exactly once

            Exit codes: 0 all well, 1 something failed, 2 wrong arguments, 3 out of memory.
            """;

    private Usage() {
    }
}
