// SPDX-License-Identifier: Apache-2.0
// Where nodes are drawn: on rings by the hops from this node, in the sector of the node that leads to them, ordered by
// id. The same network is the same picture after each reload, and a node that comes moves only those beside it.

const AWAY = ['gone', 'left'];

/**
 * The neighbours of each node: key → [{to, full, eager}], each link once at both ends. Full is what both ends tell now:
 * of a node that is away only its neighbours' memory is left.
 */
export function neighbours(nodes) {
  const byKey = new Map(nodes.map(each => [each.key, each]));
  const known = new Map(nodes.map(each => [each.key, new Map()]));
  for (const node of nodes) {
    for (const [to, , flags] of node.links) {
      if (known.has(to)) {
        const before = known.get(node.key).get(to);
        const stands = !AWAY.includes(node.state) && !AWAY.includes(byKey.get(to).state);
        const full = stands && ((flags & 1) !== 0 || before?.full === true);
        const eager = (flags & 4) !== 0 || before?.eager === true;
        known.get(node.key).set(to, {to, full, eager});
        known.get(to).set(node.key, {to: node.key, full, eager});
      }
    }
  }
  return new Map([...known].map(([key, links]) => [key, [...links.values()]]));
}

/** The nodes that so many hops lead to from one of them, itself included. */
export function around(nodes, root, hops) {
  const links = neighbours(nodes);
  let reached = new Set([root]);
  for (let hop = 0; hop < hops; hop++) {
    reached = new Set([...reached].flatMap(key => [key, ...links.get(key).map(each => each.to)]));
  }
  return nodes.filter(each => reached.has(each.key));
}

/** The tree of shortest ways from a node: {hops, parent, children}, nearer ones first; those without a way hang on it. */
function ways(nodes, links, root) {
  const byKey = new Map(nodes.map(each => [each.key, each]));
  const ordered = keys => keys.sort((a, b) => byKey.get(a).id < byKey.get(b).id ? -1 : 1);
  const tree = new Map([[root, {hops: 0, children: []}]]);
  let ring = [root];
  while (ring.length > 0) {
    const next = [];
    for (const key of ring) {
      // Links that both ends tell lead first: what one end tells alone may be made up.
      for (const to of ordered(links.get(key).filter(each => !tree.has(each.to)).map(each => each.to))) {
        if (!tree.has(to)) {
          tree.set(to, {hops: tree.get(key).hops + 1, children: []});
          tree.get(key).children.push(to);
          next.push(to);
        }
      }
    }
    ring = next;
  }
  const depth = Math.max(1, ...[...tree.values()].map(each => each.hops));
  for (const key of ordered(nodes.map(each => each.key).filter(each => !tree.has(each)))) {
    tree.set(key, {hops: depth + 1, children: []});
    tree.get(root).children.push(key);
  }
  return tree;
}

/**
 * Places in a circle of radius 1 around the root.
 *
 * @return {places: key → {x, y}, rings: how many}
 */
export function layout(nodes, links, root) {
  const tree = ways(nodes, links, root);
  const rings = Math.max(1, ...[...tree.values()].map(each => each.hops));
  const weights = new Map();
  // The farthest first: a sector is as wide as what is in it.
  for (const [key, {children}] of [...tree].sort((a, b) => b[1].hops - a[1].hops)) {
    weights.set(key, Math.max(1, children.reduce((sum, child) => sum + (weights.get(child) ?? 1), 0)));
  }
  const places = new Map([[root, {x: 0, y: 0}]]);
  const open = [[root, 0, 2 * Math.PI]];
  while (open.length > 0) {
    const [key, begin, end] = open.pop();
    const {children} = tree.get(key);
    const all = children.reduce((sum, child) => sum + weights.get(child), 0);
    let angle = begin;
    for (const child of children) {
      const to = angle + (end - begin) * weights.get(child) / all;
      const radius = tree.get(child).hops / rings;
      const middle = (angle + to) / 2 - Math.PI / 2;
      places.set(child, {x: radius * Math.cos(middle), y: radius * Math.sin(middle)});
      open.push([child, angle, to]);
      angle = to;
    }
  }
  return {places, rings};
}
