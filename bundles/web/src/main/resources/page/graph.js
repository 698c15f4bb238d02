// SPDX-License-Identifier: Apache-2.0
// The picture of the network on a canvas: drawn when something changed, never in between.

import {colour, onColours} from './charts.js';
import {layout, neighbours} from './layout.js';
import {make} from './format.js';

const MARGIN = 46;
/** With more nodes than this only those that matter have a name in the picture. */
const MOST_NAMES = 60;
/** And so much room each of them needs, or names lie upon each other. */
const NAME_WIDTH = 22;
/** Of nodes that are not well, so many have one whatever room there is. */
const MOST_SICK = 12;
/** Names farther from each other than this, upwards, do not touch. */
const LINE = 13;
const COLOURS = {ok: 'accent', warn: 'warn-line', fail: 'bad', stale: 'soft', gone: 'warn-line', left: 'faint',
  silent: 'soft'};
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/** The shape of a state, around a place. */
function shape(pen, state, x, y, r) {
  pen.beginPath();
  if (state === 'warn') {
    pen.moveTo(x, y - 1.2 * r);
    pen.lineTo(x + 1.1 * r, y + .9 * r);
    pen.lineTo(x - 1.1 * r, y + .9 * r);
    pen.closePath();
  } else if (state === 'fail') {
    pen.rect(x - .9 * r, y - .9 * r, 1.8 * r, 1.8 * r);
  } else if (state === 'silent') {
    pen.moveTo(x, y - 1.2 * r);
    pen.lineTo(x + 1.2 * r, y);
    pen.lineTo(x, y + 1.2 * r);
    pen.lineTo(x - 1.2 * r, y);
    pen.closePath();
  } else {
    pen.arc(x, y, state === 'left' ? .7 * r : r, 0, 2 * Math.PI);
  }
}

/**
 * A graph in an element.
 *
 * @param box the element
 * @param choose is given the key of the node that is chosen with the pointer or an arrow
 * @param open is called when the chosen node is to be read about
 */
export class Graph {
  constructor(box, choose, open) {
    this.canvas = make('canvas', {role: 'img', tabindex: '0'});
    box.append(this.canvas);
    this.box = box;
    this.choose = choose;
    this.open = open;
    this.nodes = [];
    this.drawn = '';
    this.canvas.addEventListener('click', event => this.pick(event));
    this.canvas.addEventListener('keydown', event => this.move(event));
    new ResizeObserver(() => this.draw()).observe(box);
    onColours(() => this.draw());
  }

  /** Shows nodes around a root, one of them chosen; draws only what looks different. */
  show(nodes, chosen, root) {
    const looks = JSON.stringify([chosen, root, nodes.map(each => [each.key, each.state, each.name, each.links])]);
    if (looks === this.drawn) {
      return;
    }
    this.drawn = looks;
    this.nodes = nodes;
    this.chosen = chosen;
    this.links = neighbours(nodes);
    this.root = root;
    Object.assign(this, layout(nodes, this.links, root));
    this.draw();
  }

  size() {
    const width = Math.max(200, this.box.clientWidth);
    return [width, Math.min(540, Math.max(300, .62 * width))];
  }

  /** Where a node was drawn. */
  at(key) {
    return this.spots.get(key);
  }

  draw() {
    if (this.places === undefined || this.box.clientWidth === 0) {
      return;
    }
    const [width, height] = this.size();
    // Once for all: the browser takes 20 ms to tell the size of the box for both ends of 3 000 links.
    this.spots = new Map([...this.places].map(([key, {x, y}]) => [key,
      [width / 2 + x * (width / 2 - MARGIN), height / 2 + y * (height / 2 - MARGIN / 1.5)]]));
    const dense = devicePixelRatio || 1;
    this.canvas.width = width * dense;
    this.canvas.height = height * dense;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const pen = this.canvas.getContext('2d');
    pen.scale(dense, dense);
    this.drawRings(pen, width, height);
    this.drawLinks(pen);
    this.drawNodes(pen);
    this.drawNames(pen, this.nodes.length <= Math.min(MOST_NAMES, width / NAME_WIDTH),
        this.nodes.filter(each => each.state !== 'ok').length <= MOST_SICK);
    const count = [...this.links.values()].reduce((sum, each) => sum + each.length, 0) / 2;
    this.canvas.setAttribute('aria-label',
        `${this.nodes.length} nodes and ${count} links; the table below says all of it`);
  }

  drawRings(pen, width, height) {
    pen.strokeStyle = colour('line');
    for (let ring = 1; ring <= this.rings; ring++) {
      const part = ring / this.rings;
      pen.beginPath();
      pen.ellipse(width / 2, height / 2, part * (width / 2 - MARGIN), part * (height / 2 - MARGIN / 1.5), 0, 0,
          2 * Math.PI);
      pen.stroke();
    }
  }

  /** Bodies go over the links that are drawn in full; what one end tells alone is dashed. */
  drawLinks(pen) {
    const kinds = [{eager: false, full: true, paint: 'faint', alpha: .35},
      {full: false, paint: 'faint', alpha: .7, dash: [3, 4]},
      {eager: true, full: true, paint: 'accent', alpha: .9}];
    for (const kind of kinds) {
      pen.beginPath();
      pen.globalAlpha = kind.alpha;
      pen.strokeStyle = colour(kind.paint);
      pen.lineWidth = kind.eager ? 1.7 : 1;
      pen.setLineDash(kind.dash ?? []);
      this.links.forEach((links, key) => links.filter(each => key < each.to && each.full === kind.full
          && (kind.eager === undefined || each.eager === kind.eager)).forEach(each => {
        pen.moveTo(...this.at(key));
        pen.lineTo(...this.at(each.to));
      }));
      pen.stroke();
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  radius() {
    return this.nodes.length > MOST_NAMES ? Math.max(2.5, 7 - this.nodes.length / 200) : 7;
  }

  drawNodes(pen) {
    const radius = this.radius();
    for (const node of this.nodes) {
      const [x, y] = this.at(node.key);
      const hollow = node.state === 'stale' || node.state === 'gone';
      pen.fillStyle = pen.strokeStyle = colour(COLOURS[node.state]);
      pen.lineWidth = 2;
      pen.setLineDash(node.state === 'gone' ? [3, 2] : []);
      shape(pen, node.state, x, y, node.own ? 1.3 * radius : radius);
      if (hollow) {
        pen.save();
        pen.fillStyle = colour('card');
        pen.fill();
        pen.restore();
        pen.stroke();
      } else {
        pen.fill();
      }
      pen.setLineDash([]);
      if (node.own || node.key === this.chosen) {
        pen.strokeStyle = colour(node.key === this.chosen ? 'second' : 'ink');
        pen.beginPath();
        pen.arc(x, y, (node.own ? 1.3 : 1) * radius + 4, 0, 2 * Math.PI);
        pen.stroke();
      }
    }
  }

  /**
   * The names of all nodes, of those that are not well, or only of this and the chosen one. One that would lie upon
   * another is left out, first of nodes that are well.
   */
  drawNames(pen, all, sick) {
    const rank = node => node.own || node.key === this.chosen ? 0 : node.state === 'ok' ? 2 : 1;
    const above = this.radius() + 7;
    const written = [];
    pen.textAlign = 'center';
    pen.font = '12px system-ui, sans-serif';
    for (const node of [...this.nodes].sort((a, b) => rank(a) - rank(b))) {
      if (!all && rank(node) > (sick ? 1 : 0)) {
        continue;
      }
      const [x, y] = this.at(node.key);
      const name = node.name.slice(0, 20);
      const half = pen.measureText(name).width / 2;
      if (rank(node) > 0 && written.some(each => Math.abs(each.x - x) < each.half + half + 2
          && Math.abs(each.y - y) < LINE)) {
        continue;
      }
      written.push({x, y, half});
      pen.fillStyle = colour(node.state === 'ok' ? 'ink' : node.state === 'fail' ? 'bad' : node.state === 'warn'
          || node.state === 'gone' ? 'warn' : 'soft');
      pen.fillText(name, x, y - above);
    }
  }

  pick(event) {
    const box = this.canvas.getBoundingClientRect();
    const distance = key => {
      const [x, y] = this.at(key);
      return Math.hypot(x - event.clientX + box.left, y - event.clientY + box.top);
    };
    this.nearest(this.nodes.map(each => each.key), distance);
  }

  nearest(keys, distance) {
    if (keys.length > 0) {
      this.choose(keys.reduce((a, b) => distance(b) < distance(a) ? b : a));
    }
  }

  /** To the nearest node in the direction of an arrow; one that lies aside counts as farther. */
  move(event) {
    const way = ARROWS[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      this.open();
    }
    if (!way || this.places === undefined) {
      return;
    }
    event.preventDefault();
    const from = this.at(this.chosen ?? this.root);
    const offset = key => this.at(key).map((each, i) => each - from[i]);
    const along = ([x, y]) => x * way[0] + y * way[1];
    const ahead = this.nodes.map(each => each.key).filter(key => along(offset(key)) > 1);
    this.nearest(ahead, key => {
      const [x, y] = offset(key);
      return Math.hypot(x, y) + 2 * Math.abs(x * way[1] + y * way[0]);
    });
  }
}
