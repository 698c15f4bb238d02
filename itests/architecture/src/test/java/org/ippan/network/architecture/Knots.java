// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets of classes that all need each other: the strongly connected components of the graph of dependencies, found as
 * R. Tarjan does ("Depth-First Search and Linear Graph Algorithms"). A nested class counts as its top-level class.
 */
final class Knots {

    private final Map<JavaClass, Set<JavaClass>> needs = new HashMap<>();
    private final Map<JavaClass, Integer> visitedAs = new HashMap<>();
    private final Map<JavaClass, Integer> reaches = new HashMap<>();
    private final Deque<JavaClass> open = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private Knots(Iterable<JavaClass> classes) {
        classes.forEach(type -> needs.computeIfAbsent(Code.outermost(type), key -> new HashSet<>()));
        classes.forEach(type -> type.getDirectDependenciesFromSelf().forEach(dependency -> {
            JavaClass target = Code.outermost(dependency.getTargetClass().getBaseComponentType());
            if (needs.containsKey(target)) {
                needs.get(Code.outermost(type)).add(target);
            }
        }));
    }

    /** The names of the classes of each set, the largest set first; a class that needs no other is a set of its own. */
    static List<Set<String>> of(Iterable<JavaClass> classes) {
        Knots knots = new Knots(classes);
        for (JavaClass type : knots.needs.keySet()) {
            if (!knots.visitedAs.containsKey(type)) {
                knots.visit(type);
            }
        }
        knots.found.sort(Comparator.comparingInt((Set<String> set) -> set.size()).reversed());
        return knots.found;
    }

    private void visit(JavaClass type) {
        int number = visitedAs.size();
        visitedAs.put(type, number);
        reaches.put(type, number);
        open.push(type);
        for (JavaClass next : needs.get(type)) {
            if (!visitedAs.containsKey(next)) {
                visit(next);
                reaches.merge(type, reaches.get(next), Math::min);
            } else if (open.contains(next)) {
                reaches.merge(type, visitedAs.get(next), Math::min);
            }
        }
        if (reaches.get(type) == number) {
            close(type);
        }
    }

    private void close(JavaClass first) {
        Set<String> set = new TreeSet<>();
        JavaClass type;
        do {
            type = open.pop();
            set.add(type.getName());
        } while (type != first);
        found.add(set);
    }
}
