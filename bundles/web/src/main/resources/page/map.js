// SPDX-License-Identifier: Apache-2.0
// Network: all nodes as a picture and as a table, and all about one of them.

import {byId, bytes, copyButton, count, duration, make, percent, perSecond, reconcile, text} from './format.js';
import {help} from './findings.js';
import {Graph} from './graph.js';
import {around} from './layout.js';
import {age, allNodes, knowsNetwork, lasting, refreshNetwork, running} from './network.js';
import {NODE_STATES, byState} from './states.js';

const SICK_FIRST = ['fail', 'gone', 'warn', 'stale', 'silent', 'left', 'ok'];
/** More nodes than this are looked at as squares first: a picture of all of them shows none. */
const MOST_IN_GRAPH = 200;
const FIRST_ROWS = 100;
/** Rows that come in one frame: the browser takes half a millisecond to lay one out. */
const ROWS_IN_A_FRAME = 20;
const NONE = '–';

/** What a state means for the network, and what to do about it; a node that tells says itself what is wrong. */
const ADVICE = {
  gone: 'See whether its machine runs and is reached. Start it again; a node that was taken away on purpose is forgotten'
    + ' an hour after it went.',
  stale: 'Its links stand. Check its load, its machine and the lines to it.',
  left: 'Nothing: it stopped in good order, and is forgotten 10 minutes later.',
  silent: 'Nothing, if it is not to tell. Else install the bundle survey there, or look at its share; a newer version may'
    + ' be unreadable here.',
  warn: 'Its own page says what to do, and so does ippan:doctor there.',
  fail: 'Its own page says what to do, and so does ippan:doctor there.',
};

/** States that no finding of the node itself explains. */
const AWAY = ['stale', 'gone', 'left', 'silent'];

let graph = null;
/** The id of the chosen node: keys are others when this node was started anew. */
let chosen = null;
let asGrid = null;
let most = FIRST_ROWS;
/** Whether more rows come after the next frame. */
let moreRows = false;
let nodes = [];

const chosenNode = () => nodes.find(each => each.id === chosen);
/** Also before this node was started: a record that is retold is older. */
const tells = node => node.state !== 'silent';
const upNow = node => !['gone', 'left', 'silent'].includes(node.state);
const rate = (node, name) => upNow(node) ? perSecond(node.numbers[name]) : NONE;
const copies = ({numbers: {copiesPerSecond: some, newPerSecond: rest}}) =>
  percent(some + rest > 0 ? some / (some + rest) : 0);

const COLUMNS = [
  {name: 'Links', of: node => String(node.links.length)},
  {name: 'New', of: node => rate(node, 'newPerSecond')},
  {name: 'Copies', of: node => upNow(node) ? copies(node) : NONE},
  {name: 'Delivered', of: node => rate(node, 'deliveredPerSecond')},
  {name: 'Queued', of: node => upNow(node) ? bytes(node.numbers.queuedBytes) : NONE},
  {name: 'Version', of: node => node.version || NONE},
  {name: 'Up', of: node => upNow(node) ? duration(running(node)) : NONE},
  {name: 'Told', of: node => tells(node) ? `${duration(Math.max(1, age(node)))} ago` : 'never'},
];

const sorted = all => [...all].sort((a, b) => SICK_FIRST.indexOf(a.state) - SICK_FIRST.indexOf(b.state)
    || (a.name < b.name ? -1 : 1));

function row(node) {
  const open = make('button.link', {type: 'button', onclick: () => choose(node.key)});
  return make('tr', {}, make('td', {'data-label': 'Node'}, open, make('span.sub')),
      make('td', {'data-label': 'State'}, make('span.pill')), make('td.why', {'data-label': 'Why'}),
      ...COLUMNS.map(column => make('td.number', {'data-label': column.name})));
}

function updateRow(item, node) {
  const [name, state, why, ...rest] = item.cells;
  text(name.firstChild, node.name);
  const id = node.id.slice(0, 8);
  text(name.lastChild, node.own ? 'this node' : node.name === id ? '' : id);
  state.firstChild.className = `pill ${node.state}`;
  text(state.firstChild, node.state);
  text(why, node.why);
  rest.forEach((cell, i) => text(cell, COLUMNS[i].of(node)));
  item.classList.toggle('chosen', node.id === chosen);
}

function showTable() {
  const wanted = byId('node-filter').value.trim().toLowerCase();
  const found = sorted(nodes).filter(each => `${each.name} ${each.id} ${each.state} ${each.why} ${each.version}`
      .toLowerCase().includes(wanted));
  const rows = byId('node-rows');
  const now = Math.min(most, rows.childElementCount + ROWS_IN_A_FRAME);
  reconcile(rows, found.slice(0, now), each => each.key, row, updateRow);
  if (now < Math.min(most, found.length) && !moreRows) {
    moreRows = true;
    // A frame begins with what was asked for it: only a task after that leaves these rows a frame of their own.
    requestAnimationFrame(() => setTimeout(() => {
      moreRows = false;
      showTable();
    }));
  }
  byId('more-nodes').hidden = found.length <= most;
  text(byId('more-nodes'), `Show the other ${count(found.length - most, 'node')}`);
}

function links(node) {
  const names = node.links.map(([to]) => nodes.find(each => each.key === to)?.name).filter(Boolean);
  const more = names.length > 8 ? ', …' : '';
  return names.length === 0 ? 'none' : `${names.length}: ${names.slice(0, 8).join(', ')}${more}`;
}

/** What is known of the chosen node, in lines: name, value, and the section of the documents about it if there is one. */
function facts(node) {
  const {numbers} = node;
  const told = tells(node) ? `${duration(Math.max(1, age(node)))} ago` : 'never: it tells nothing this node can read';
  const now = upNow(node) ? [['Up', duration(running(node))],
    ['Carried', `${perSecond(numbers.newPerSecond)} new, ${copies(node)} copies`],
    ['Traffic', `${bytes(numbers.bytesInPerSecond)}/s in, ${bytes(numbers.bytesOutPerSecond)}/s out`],
    ['Queued', bytes(numbers.queuedBytes)],
    ['Process', `${numbers.heapMiB} MiB heap, ${(numbers.cpuPermille / 10).toFixed(1)} % of the processors`]] : [];
  return [['Last record', told], ['In this state', `for ${duration(lasting(node))}`],
    ['Why', node.findings.length > 0 ? '' : node.why], ['Version', node.version], [upNow(node) ? 'Links' : 'Links before', links(node)], ...now,
    ['Listens to', node.topics.map(([name]) => name).join(', ')],
    ['What to do', node.own ? '' : ADVICE[node.state], AWAY.includes(node.state) ? `node-${node.state}` : '']]
      .filter(([, value]) => value);
}

function showPanel() {
  const node = chosenNode() ?? nodes.find(each => each.own);
  if (!node) {
    return;
  }
  text(byId('shown-node'), node.name);
  byId('shown-state').className = `pill ${node.state}`;
  text(byId('shown-state'), node.state);
  text(byId('shown-id'), node.id);
  reconcile(byId('shown-facts'), facts(node), ([name, , section = '']) => `${name} ${section}`,
      ([name, , section]) => make('div', {}, make('dt', {}, name), make('dd', {}, make('span'),
          ...section ? [' ', help(section, section)] : [])), (line, [, value]) => text(line.lastChild.firstChild, value));
  reconcile(byId('shown-findings'), node.findings, each => `${each.check} ${each.text}`, each => make('li', {},
      make(`span.pill.${each.severity}`, {}, each.severity), make('strong', {}, each.check.replaceAll('-', ' ')),
      make('p', {}, each.text, ' ', help(each.check, each.check))));
}

/** The graph, or of a large network its squares and the surroundings of the chosen node. */
function showPicture() {
  const grid = asGrid ?? nodes.length > MOST_IN_GRAPH;
  byId('as-graph').setAttribute('aria-pressed', String(!grid));
  byId('as-grid').setAttribute('aria-pressed', String(grid));
  const middle = chosenNode();
  const near = grid && middle !== undefined;
  byId('graph').hidden = grid && !near;
  byId('grid').hidden = !grid;
  if (grid) {
    reconcile(byId('grid'), sorted(nodes), each => each.key, each => make('button', {type: 'button', title: each.name,
      onclick: () => choose(each.key)}), (square, each) => {
      square.className = `square ${each.state}${each === middle ? ' chosen' : ''}`;
      square.setAttribute('aria-label', `${each.name}: ${each.state}`);
    });
  }
  const own = nodes.find(each => each.own)?.key;
  byId('rings').hidden = grid && !near;
  text(byId('rings'), `Rings are hops from ${near ? middle.name : 'this node'}; bodies go over full lines; what one end tells alone is dashed.`);
  if (near) {
    graph.show(around(nodes, middle.key, 2), middle.key, middle.key);
  } else if (!grid && own !== undefined) {
    graph.show(nodes, middle?.key ?? null, own);
  }
}

function render() {
  const total = nodes.reduce((sum, each) => sum + each.links.length, 0);
  text(byId('network-count'), `${count(nodes.length, 'node')}, ${count(Math.round(total / 2), 'link')}`);
  const counts = byState(nodes, NODE_STATES);
  reconcile(byId('network-states'), NODE_STATES, state => state, state => make(`li.${state}`),
      (item, state) => text(item, `${counts[state]} ${state}`));
  showPicture();
  showPanel();
  showTable();
}

function choose(key) {
  chosen = nodes.find(each => each.key === key)?.id ?? null;
  render();
}

function onKey(event) {
  const typing = event.target.matches('input, select, textarea') || event.ctrlKey || event.metaKey;
  if (typing || byId('view-network').hidden) {
    return;
  }
  if (event.key === '/') {
    event.preventDefault();
    byId('node-filter').focus();
  } else if (event.key === 'g') {
    asGrid = !(asGrid ?? nodes.length > MOST_IN_GRAPH);
    render();
  } else if (event.key === 'Escape') {
    choose(null);
  }
}

export function prepare() {
  graph = new Graph(byId('graph'), choose, () => byId('shown-node').focus());
  byId('shown-id').after(copyButton(() => byId('shown-id').textContent));
  byId('node-head').append(...['Node', 'State', 'Why'].map(name => make('th', {scope: 'col'}, name)),
      ...COLUMNS.map(({name}) => make('th.number', {scope: 'col'}, name)));
  byId('node-filter').addEventListener('input', showTable);
  byId('more-nodes').addEventListener('click', () => {
    most = Infinity;
    showTable();
  });
  for (const [id, grid] of [['as-graph', false], ['as-grid', true]]) {
    byId(id).addEventListener('click', () => {
      asGrid = grid;
      render();
    });
  }
  document.addEventListener('keydown', onKey);
}

/** @param wanted the id of a node, if one is meant */
export function open(wanted) {
  chosen = wanted === '' ? chosen : wanted;
}

export async function refresh(anew, node) {
  if (knowsNetwork(node)) {
    await refreshNetwork();
  }
}

export function show(node) {
  byId('network-absent').hidden = knowsNetwork(node);
  byId('network-whole').hidden = !knowsNetwork(node);
  if (knowsNetwork(node)) {
    const {sharing, sharingReason} = node.snapshots.Network;
    byId('network-unshared').hidden = sharing !== false;
    text(byId('network-unshared').firstChild, sharing === false
      ? `This node tells the others nothing, and is silent to them: ${sharingReason}` : '');
    nodes = allNodes();
    render();
  }
}
