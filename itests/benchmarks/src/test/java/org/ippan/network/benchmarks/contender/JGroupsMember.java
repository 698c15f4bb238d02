// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.ippan.network.benchmarks.measure.Recorder;
import org.ippan.network.benchmarks.measure.Stamp;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.conf.ConfiguratorFactory;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;

/** A channel of JGroups with one of the stacks it comes with, on loopback. Its flow control makes publishers wait. */
final class JGroupsMember implements Member {

    /** No member is there, which the first one is to find out. */
    private static final String NO_MEMBER = Contenders.LOOPBACK + "[9]";

    private final JChannel channel;
    private final int nodes;

    JGroupsMember(Seat seat, String stack) throws Exception {
        nodes = seat.scenario().nodes();
        ProtocolStackConfigurator configurator = ConfiguratorFactory.getStackConfigurator(stack);
        int port = freePort();
        configurator.getProtocolStack().forEach(protocol -> adapt(protocol, seat, port));
        channel = new JChannel(configurator).setDiscardOwnMessages(true);
        Recorder recorder = seat.recorder();
        channel.setReceiver(new Receiver() {
            @Override
            public void receive(Message message) {
                Stamp.read(recorder, message.getArray(), message.getOffset());
            }
        });
        channel.connect("benchmark");
    }

    /** With a fixed list of members JGroups does not take a port of the system's choice by itself. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(Contenders.LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static void adapt(ProtocolConfiguration protocol, Seat seat, int port) {
        Map<String, String> changed = new HashMap<>();
        switch (protocol.getProtocolName()) {
            case "TCP" -> {
                changed.putAll(Map.of("bind_addr", Contenders.LOOPBACK, "bind_port", Integer.toString(port),
                        "diag.enabled", "false",
                        // As everybody else has it: with Nagle's algorithm it is slower.
                        "tcp_nodelay", "true"));
                if (seat.scenario().tls()) {
                    changed.putAll(tls(seat));
                }
            }
            case "TCPPING" -> changed.putAll(Map.of("port_range", "0", "initial_hosts",
                    seat.dialled().isEmpty() ? NO_MEMBER : String.join(",", seat.dialled())));
            // Its port is the other one and a hundred, which with ports of the system may be taken.
            case "FD_SOCK2" -> changed.put("port_range", "20");
            default -> {
                return;
            }
        }
        protocol.getProperties().putAll(changed);
    }

    private static Map<String, String> tls(Seat seat) {
        String keys = seat.keys().toString();
        return Map.of("tls.enabled", "true", "tls.client_auth", "NEED", "tls.protocols", "TLSv1.3",
                "tls.keystore_path", keys, "tls.keystore_password", KeyFile.PASSWORD, "tls.keystore_type", "PKCS12",
                "tls.truststore_path", keys, "tls.truststore_password", KeyFile.PASSWORD,
                "tls.truststore_type", "PKCS12");
    }

    @Override
    public String address() {
        String address = channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, channel.getAddress())).toString();
        int colon = address.lastIndexOf(':');
        return address.substring(0, colon) + "[" + address.substring(colon + 1) + "]";
    }

    @Override
    public boolean connected() {
        return channel.getView().size() == nodes;
    }

    @Override
    public void publish(byte[] payload) throws InterruptedException {
        try {
            channel.send(new BytesMessage(null, payload));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot send", e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
