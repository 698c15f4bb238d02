// SPDX-License-Identifier: Apache-2.0
// The way of a message through the network: a tree against time, in which each node stands below the one that brought
// it the message. The table says all that the picture says.

import {byId, count, duration, make, reconcile, text} from './format.js';
import {get} from './node.js';

const POLL_MILLIS = 1000;
/** Afterwards the node would ask the network anew. */
const ASKED_MILLIS = 55000;
const ROW = 24;
const LEFT = 16;
const HEAD = 26;
const MOST_ROWS = 200;
const FATES = {published: 'published there', delivered: 'delivered',
  'no-listener': 'relayed; no listener takes its topic',
  waiting: 'a validator has not answered yet', rejected: 'rejected by a validator', silent: 'did not answer'};
const IN_CACHE = ['published', 'delivered', 'no-listener'];

/** Stands for the question that is being asked, none other. */
let question = null;
let way = null;

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
};

const came = node => IN_CACHE.includes(node.fate);

function fate(node) {
  const more = node.listening - node.listeners.length;
  const to = node.fate === 'delivered' ? ` to ${node.listeners.join(', ')}${more > 0 ? ` and ${more} more` : ''}` : '';
  return FATES[node.fate] + to + (node.asked ? '; it had missed the message, and asked for it' : '');
}

function mark(node, x, y) {
  return ['rejected', 'waiting'].includes(node.fate)
    ? svg('rect', {x: x - 5, y: y - 5, width: 10, height: 10, class: node.fate})
    : svg('circle', {cx: x, cy: y, r: node.own ? 6 : 5, class: node.fate});
}

/** A line from each node down to those that have the message from it; where it came, by time. */
function draw(nodes) {
  const box = byId('way-plot');
  const width = Math.max(240, box.clientWidth);
  const room = Math.max(80, width - LEFT - Math.min(230, .5 * width));
  const last = Math.max(.001, ...nodes.filter(came).map(each => each.age));
  const places = new Map();
  const height = HEAD + nodes.length * ROW;
  const picture = svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': `The way of the message: ${count(nodes.length, 'node')}, the last after ${duration(last)}; `
      + 'the table below says all of it'});
  for (const part of [0, .5, 1]) {
    const x = LEFT + part * room;
    picture.append(svg('line', {x1: x, x2: x, y1: HEAD - 6, y2: height, class: 'tick'}),
        svg('text', {x, y: 12, class: 'time', 'text-anchor': part === 0 ? 'start' : 'middle'}, duration(part * last)));
  }
  const lines = svg('g', {});
  const marks = svg('g', {});
  nodes.forEach((node, i) => {
    const from = places.get(node.from);
    const x = came(node) ? LEFT + room * Math.min(1, node.age / last) : from?.x ?? LEFT;
    const y = HEAD + (i + .5) * ROW;
    places.set(node.id, {x, y});
    if (from !== undefined) {
      lines.append(svg('path', {d: `M ${from.x} ${from.y} V ${y} H ${x}`,
        class: (node.slowest ? 'slowest' : '') + (node.full ? '' : ' told')}));
    }
    marks.append(mark(node, x, y), svg('text', {x: x + 11, y: y + 4, class: node.slowest ? 'slowest' : ''},
        node.name.slice(0, 20) + (came(node) && node.from ? ` ${duration(node.age)}` : '')));
  });
  picture.append(lines, marks);
  box.replaceChildren(picture);
}

function row(node) {
  return make('tr', {}, make('td', {}, make('span', {}, '· '.repeat(Math.min(8, node.depth)) + node.name),
      make('span.sub', {}, node.own ? 'this node' : node.name === node.id.slice(0, 8) ? '' : node.id.slice(0, 8))),
      make('td.number', {'data-label': 'Came after'}, came(node) ? duration(node.age) : '–'),
      make('td.number', {'data-label': 'Hops'}, came(node) ? String(node.hops) : '–'),
      make('td.number', {'data-label': 'Copies'}, came(node) ? String(node.copies) : '–'),
      make('td.wrap', {'data-label': 'There'}, fate(node) + (node.slowest ? ' · on the slowest way' : '')));
}

export function showWay() {
  byId('way').hidden = way === null;
  if (way !== null) {
    const nodes = way.nodes.slice(0, MOST_ROWS);
    text(byId('way-note'), way.note);
    byId('way-table').hidden = byId('way-plot').hidden = nodes.length === 0;
    reconcile(byId('way-rows'), nodes, each => JSON.stringify(each), row);
    draw(nodes);
  }
}

/** Asks for the way of a message until all answers are in or another is asked for; not while the view is hidden. */
export async function follow(id) {
  const mine = {};
  const begun = performance.now();
  question = mine;
  way = null;
  while (question === mine) {
    try {
      const told = await get(`/network/trace/${encodeURIComponent(id)}`);
      if (question !== mine) {
        return;
      }
      way = told;
    } catch (failure) {
      if (question !== mine) {
        return;
      }
      way = {phase: 'off', note: failure.message, nodes: []};
    }
    showWay();
    do {
      if (!['asking', 'waiting'].includes(way.phase) || performance.now() - begun > ASKED_MILLIS) {
        return;
      }
      await new Promise(done => { setTimeout(done, POLL_MILLIS); });
    } while (question === mine && byId('view-messages').hidden);
  }
}

/** Nothing is shown, and nothing asked any more. */
export function forget() {
  question = null;
  way = null;
  showWay();
}

export function prepareWay() {
  new ResizeObserver(() => way !== null && draw(way.nodes.slice(0, MOST_ROWS))).observe(byId('view-messages'));
}
