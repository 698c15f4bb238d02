// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Sockets;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What bundles leave in a process: class loaders, as long as anything holds them, threads, sockets and beans. Compared
 * with what was there before the first of them.
 */
final class Inventory {

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    /** A copy: stack traces hold the classes that threads were in. */
    private final Set<Thread> threads = Set.copyOf(Thread.getAllStackTraces().keySet());
    private final List<String> sockets = Sockets.here();
    private int seen;

    /** Notes the class loaders that bundles have now. */
    void note(List<Bundle> bundles) {
        for (Bundle bundle : bundles) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
            if (loader != null && loaders.stream().noneMatch(known -> known.refersTo(loader))) {
                loaders.add(new WeakReference<>(loader));
                seen++;
            }
        }
        loaders.removeIf(loader -> loader.refersTo(null));
    }

    /** How many class loaders there were. */
    int seen() {
        return seen;
    }

    /** Waits until all class loaders are gone but those of bundles that are still there. */
    void awaitNoLoaderBut(List<Bundle> bundles) {
        Eventually.until(() -> "no class loader is left, but there are " + left(bundles) + " of " + seen,
                NodeInside.SOON, () -> {
                    linkOther();
                    System.gc();
                    return left(bundles).isEmpty();
                });
    }

    /**
     * Waits until all class loaders are gone but some of one bundle, which is not ours, and has a fault that is known.
     *
     * @param foreign its symbolic name
     * @param holders how many hold a loader of it by that fault, some perhaps the same
     */
    void awaitNoLoaderBut(String foreign, LongSupplier holders) {
        Eventually.until(() -> "no class loader is left but of " + foreign + " for each of " + holders.getAsLong()
                + " that hold one, but there are " + left(List.of()) + " of " + seen, NodeInside.SOON, () -> {
                    linkOther();
                    System.gc();
                    List<String> left = left(List.of());
                    return left.size() <= holders.getAsLong()
                            && left.stream().allMatch(each -> each.startsWith(foreign + " "));
                });
    }

    /**
     * The JDK keeps the types of the record whose methods it linked last, for no other purpose than to link the same
     * again at once. After this they are types of its own.
     */
    static void linkOther() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            MethodHandle name = lookup.findVirtual(Linked.class, "name", MethodType.methodType(String.class));
            for (String method : List.of("equals", "hashCode", "toString")) {
                ObjectMethods.bootstrap(lookup, method, MethodHandle.class, Linked.class, "name", name);
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private record Linked(String name) {
    }

    private List<String> left(List<Bundle> bundles) {
        Set<ClassLoader> present = bundles.stream().map(bundle -> bundle.adapt(BundleWiring.class))
                .filter(wiring -> wiring != null).map(BundleWiring::getClassLoader).collect(Collectors.toSet());
        return loaders.stream().map(WeakReference::get).filter(loader -> loader != null && !present.contains(loader))
                .map(Object::toString).sorted().toList();
    }

    /** Waits until there is no thread, socket and bean that was not there before. */
    void awaitNothingElse() {
        Eventually.until(() -> "threads are gone: " + newThreads(), NodeInside.SOON, () -> newThreads().isEmpty());
        Eventually.until(() -> sockets + " sockets, not " + Sockets.here(), NodeInside.SOON,
                () -> Sockets.here().size() <= sockets.size());
        Eventually.until(() -> "beans are gone: " + beans(), NodeInside.SOON, () -> beans().isEmpty());
    }

    private Set<String> newThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !threads.contains(thread))
                .map(Thread::getName).filter(Inventory::isOfBundles).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The framework and the JDK have threads of their own, which come when they are first needed and stay. */
    private static boolean isOfBundles(String thread) {
        return Stream.of("Felix", "SCR ", "CM ", "process reaper", "Common-Cleaner", "surefire", "Attach", "traffic")
                .noneMatch(thread::startsWith);
    }

    private static List<String> beans() {
        try {
            return Arrays.stream(ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("org.ippan.network:*"), null).toArray()).map(Object::toString).toList();
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }
}
