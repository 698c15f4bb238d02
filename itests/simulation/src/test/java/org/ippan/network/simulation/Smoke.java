package org.ippan.network.simulation;
import java.time.Duration;
import java.util.*;
import org.ippan.network.api.*;
import org.ippan.network.api.gossip.*;
import org.ippan.network.testkit.*;
public class Smoke {
    public static void main(String[] a) {
        int n = Integer.parseInt(a[0]); int rate = Integer.parseInt(a[1]); int secs = Integer.parseInt(a[2]);
        ManualScheduler s = new ManualScheduler();
        SimNetwork net = new SimNetwork(s, 1);
        net.delay(Duration.ofMillis(60), 0.5);
        net.limits(new SimLimits(4 << 20, 8192, 512 << 10, 6_250_000, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10)));
        Random r = new Random(1);
        List<SimNode> nodes = new ArrayList<>();
        long[] delivered = new long[1];
        long t0 = System.nanoTime();
        for (int i = 0; i < n; i++) {
            List<String> seeds = new ArrayList<>();
            for (int k = 0; k < 8; k++) { int o; do { o = r.nextInt(n); } while (o == i || seeds.contains(SimNode.ip(o) + ":9700")); seeds.add(SimNode.ip(o) + ":9700"); }
            SimNode node = new SimNode(net, i, Peers.peer(i + 1), new SimNode.Plan(i, Map.of("seeds", seeds), Map.of("relayMode", a[3], "cacheSeconds", 20)));
            node.gossip.listen(m -> delivered[0]++);
            nodes.add(node);
        }
        System.out.printf("made %.1f s%n", (System.nanoTime() - t0) / 1e9);
        nodes.forEach(SimNode::start);
        s.advance(Duration.ofSeconds(5));
        System.out.printf("up %.1f s links %.2f mem %d MB%n", (System.nanoTime() - t0) / 1e9, nodes.stream().mapToInt(x -> x.gossip.links()).average().getAsDouble(), used());
        s.advance(Duration.ofSeconds(5));
        System.out.printf("idle 5 s %.1f s%n", (System.nanoTime() - t0) / 1e9);
        int seq = 0;
        long bodies = 0;
        for (int sec = 0; sec < secs; sec++) {
            for (int k = 0; k < rate; k++) {
                byte[] p = new byte[1024]; java.nio.ByteBuffer.wrap(p).putLong(seq++);
                PublishResult res = nodes.get(r.nextInt(n)).gossip.publish(Message.of(Topic.of("sim"), p));
                if (!res.accepted()) System.out.println(res);
                s.advance(Duration.ofNanos(1_000_000_000L / rate));
            }
            long b = net.framesDelivered(org.ippan.network.api.transport.FrameType.GOSSIP);
            System.out.printf("%d s: wall %.1f s delivered %d of %d bodies %d RMR(last s) %.2f frames %d mem %d MB%n", sec, (System.nanoTime() - t0) / 1e9, delivered[0], (long) seq * (n - 1), b, (b - bodies) / (double) rate / (n - 1) - 1, net.framesDelivered(), used());
            bodies = b;
        }
        s.advance(Duration.ofSeconds(5));
        System.out.printf("end %.1f s delivered %d of %d%n", (System.nanoTime() - t0) / 1e9, delivered[0], (long) seq * (n - 1));
    }
    static long used() { Runtime r = Runtime.getRuntime(); return (r.totalMemory() - r.freeMemory()) >> 20; }
}
