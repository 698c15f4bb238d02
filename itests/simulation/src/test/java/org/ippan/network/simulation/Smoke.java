package org.ippan.network.simulation;
import java.time.Duration;
import java.util.Map;
class Smoke {
    public static void main(String[] a) {
        int n = Integer.parseInt(a[0]);
        long t0 = System.nanoTime();
        Overlay o = new Overlay(new Overlay.Shape(n, Integer.parseInt(a[5]), 16, 1024, Map.of("relayMode", a[4], "cacheSeconds", 20)), 1);
        System.out.printf("up %.1f s links %.2f%n", (System.nanoTime() - t0) / 1e9, o.nodes.stream().mapToInt(x -> x.gossip.links()).average().getAsDouble());
        long[] b = new long[1];
        Figures f = Figures.measure(o, Integer.parseInt(a[1]), Duration.ofSeconds(Integer.parseInt(a[2])), Duration.ofSeconds(Integer.parseInt(a[3])), ov -> {
            long bodies = ov.network.framesDelivered(org.ippan.network.api.transport.FrameType.GOSSIP);
            long m = Integer.parseInt(a[1]);
            long graft = 0;
            System.out.printf("wall %.1f msgs %d rmr last second %.3f frames %d iwant %d graft %d prune %d eager %.2f%n", (System.nanoTime() - t0) / 1e9, ov.ledger.entries().size(), (bodies - b[0]) / (double) m / (n - 1) - 1, ov.network.framesDelivered(),
              ov.network.framesDelivered(org.ippan.network.api.transport.FrameType.IWANT), ov.network.framesDelivered(org.ippan.network.api.transport.FrameType.GRAFT), ov.network.framesDelivered(org.ippan.network.api.transport.FrameType.PRUNE), ov.nodes.stream().mapToInt(x -> x.gossip.eager().size()).average().getAsDouble());
            b[0] = bodies;
        });
        System.out.println(f + " " + o.complaints());
    }
}
