// SPDX-License-Identifier: Apache-2.0
// What the doctor found: what is wrong, since when, what to do about it, and where to do it.

import {duration, make, reconcile, text} from './format.js';
import {get} from './node.js';

const WORST_FIRST = ['fail', 'warn', 'stale', 'ok'];
/** Of a finding that names many settings. */
const MOST_SETTINGS = 2;
/** Where more is said of what a check looks at. */
const PLACES = {network: 'network', peers: 'peers', seeds: 'peers', health: 'peers', 'shared-identity': 'peers', fingerprints: 'peers',
  backlog: 'node', applications: 'topics', subscribers: 'topics', timers: 'node', memory: 'node', configuration: 'settings'};
const TITLES = {network: 'Network', peers: 'Peers', node: 'Node', topics: 'Topics', settings: 'Settings'};

let told = {present: false, findings: [], probed: [], limits: [], depth: 'glance', time: null};
let asked = -Infinity;
const SELDOM_MILLIS = 5000;

/** Asks the doctor, every 5 s. */
export async function refreshFindings() {
  if (performance.now() - asked > SELDOM_MILLIS) {
    asked = performance.now();
    told = await get('/doctor');
  }
}

/** What the doctor said last: {present, depth, time, findings, probed, limits}. */
export const examination = () => told;

/** Of which node or check something is told; names of nodes are shown as they are. */
const titleOf = each => each.node ?? each.check.replaceAll('-', ' ');
const keyOf = each => `${each.href ?? each.check} ${each.severity} ${each.text}`;

/** For how long something has been found, in seconds; null where that is not known. */
function lasting(each, node) {
  const begun = node?.since[`${each.check} ${each.text}`] ?? told.since?.[`${each.check} ${each.text}`];
  return each.lasting ?? (begun && node ? (Date.parse(node.time) - Date.parse(begun)) / 1000 : null);
}

/** Findings in the order in which they are looked at; equal ones stay in theirs. */
export const worstFirst = found => [...found].sort((a, b) => WORST_FIRST.indexOf(a.severity)
    - WORST_FIRST.indexOf(b.severity));

/** What is wrong with the node, worst first: what a glance shows now, and what trying to connect found besides. */
export function wrong(node) {
  const now = node.health.reasons;
  // Of one check a glance may show one peer that is away, and trying another one.
  const probed = told.probed.filter(each => !now.some(judged => keyOf(judged) === keyOf(each)));
  return worstFirst([...now, ...probed]);
}

/** The worst severity of some checks among findings. */
export const worst = (found, checks) => WORST_FIRST.find(severity => found.some(each => each.severity === severity
    && checks.includes(each.check))) ?? 'ok';

/** Leads to the section about a finding in the documents that the node serves: beside the page, which keeps its token. */
export const help = (section, what) => make('a', {href: `docs/findings#${encodeURIComponent(section)}`, target: '_blank',
  rel: 'noopener', 'aria-label': `Help on ${what}`}, 'Help');

function links(each) {
  const place = PLACES[each.check];
  const settings = each.settings ?? [];
  return each.severity === 'ok' ? [] : [...(each.href ? [make('a', {href: each.href}, 'Show in the network')] : []),
    ...(place ? [make('a', {href: `#/${place}`}, TITLES[place])] : []),
    ...settings.slice(0, MOST_SETTINGS).map(name => make('a', {href: `#/settings/${encodeURIComponent(name)}`},
        `Setting ${name.split(' ')[1]}`))];
}

function row(each) {
  return make('li', {}, make(`span.pill.${each.severity}`, {}, each.severity),
      make('strong', {}, titleOf(each)),
      make('p', {}, make('span', {}, each.text), make('span.since'),
          each.advice ? make('span.advice', {}, each.advice) : null),
      make('p.links', {}, ...links(each), each.help === '' ? null : help(each.help ?? each.check, titleOf(each))));
}

/**
 * Shows findings in a list.
 *
 * @param list the element
 * @param found them; help of one names its section in the documents where its check does not, or is empty
 * @param node this node, if it is to be said for how long each lasts
 */
export function showFindings(list, found, node = null) {
  reconcile(list, found, keyOf, row, (item, each) => {
    const seconds = each.severity === 'ok' ? null : lasting(each, node);
    text(item.querySelector('.since'), seconds === null ? ''
      : ` ${each.node === undefined ? 'For' : 'In this state for'} ${duration(Math.max(1, Math.round(seconds)))}.`);
  });
}
