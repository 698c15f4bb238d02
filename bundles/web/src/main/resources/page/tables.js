// SPDX-License-Identifier: Apache-2.0
// Findings, events, settings and every number: lists made from what the node says of itself.

import {byId, clock, duration, exact, bytes, make, reconcile, text} from './format.js';
import {get} from './node.js';

const SEVERITY = {ok: 'good', warn: 'warn', fail: 'bad'};
const EVENTS = {'peer-up': 'good', 'peer-down': 'plain', 'peer-warned': 'warn', 'peer-banned': 'bad',
  'peer-pardoned': 'good', 'health-changed': 'plain', 'overload-started': 'warn', 'overload-ended': 'good',
  'config-applied': 'plain', 'config-rejected': 'bad'};

function finding(each) {
  return make('li', {}, make(`span.pill.${SEVERITY[each.severity]}`, {}, each.severity),
      make('span', {}, make('strong', {}, each.check.replaceAll('-', ' ')), ' ', each.text,
          each.advice ? make('em', {}, ' ' + each.advice) : null));
}

const findingKey = each => `${each.check} ${each.severity} ${each.text}`;

export function showReasons(reasons) {
  byId('reasons').hidden = reasons.length === 0;
  reconcile(byId('reasons'), reasons, findingKey, finding);
}

/** What the doctor found; without one, says so. */
export async function showFindings() {
  const told = await get('/doctor');
  text(byId('doctor-time'), !told.present ? 'the doctor is absent: its bundle is not installed or being updated'
      : told.time ? `checked at ${clock(told.time)}` : 'being checked…');
  byId('limits-title').hidden = !told.present;
  const fine = told.findings.filter(each => each.severity === 'ok');
  reconcile(byId('findings'), told.findings.filter(each => !fine.includes(each)), findingKey, finding);
  byId('fine').hidden = fine.length === 0;
  text(byId('fine-count'), `${fine.length} checks found nothing to complain of`);
  reconcile(byId('fine-findings'), fine, findingKey, finding);
  reconcile(byId('limits'), told.limits, findingKey, finding);
}

export function showEvents(events) {
  const list = events.length > 0 ? [...events].reverse() : [{number: 0, text: 'Nothing happened yet.'}];
  reconcile(byId('events'), list, event => event.number, event => event.number === 0
      ? make('li', {}, make('span', {}, event.text))
      : make('li', {}, make('time', {datetime: event.time}, clock(event.time)),
          make(`span.pill.${EVENTS[event.type] ?? 'plain'}`, {}, event.type.replaceAll('-', ' ')),
          event.peer ? make('span.mono', {}, event.peer.slice(0, 8)) : null, make('span', {}, event.text)));
}

/** Without packages and the classes around it; what a lambda is called says nothing. */
const className = name => name.split('.').at(-1).replace(/\$\$Lambda.*/, '').split('$').at(-1);

/** Links that are behind or slow; the furthest behind first. */
export function showLinks(links, peers) {
  const behind = links.filter(each => each.lagBytes > 0 || each.slow).sort((a, b) => b.lagBytes - a.lagBytes);
  const most = Math.max(1, ...behind.map(each => each.lagBytes));
  const name = id => peers.find(peer => peer.id === id)?.alias || id.slice(0, 8);
  reconcile(byId('links'), behind, each => each.peer, each => make('li', {},
      make('span.mono', {title: each.peer}, name(each.peer)), make('span.sub'),
      make('progress', {'aria-label': `Bytes still to be sent to ${name(each.peer)}`}), make('span.number'),
      make('span.error')), (item, each) => {
    text(item.children[1], each.eager ? 'sends' : 'announces');
    item.children[2].max = most;
    item.children[2].value = each.lagBytes;
    text(item.children[3], bytes(each.lagBytes));
    text(item.children[4], each.slow ? 'slow' : '');
  });
}

export function showListeners(listeners) {
  reconcile(byId('listeners'), listeners.map((each, i) => ({...each, key: `${i} ${each.name} ${each.topics}`})),
      each => each.key, each => make('li', {}, make('span.mono', {title: each.name}, className(each.name)),
          make('span.sub', {}, each.topics), make('progress', {'aria-label': `Queue of ${each.name}`}),
          make('span.number'), make('span.error')), (item, each) => {
        item.children[2].max = each.capacity;
        item.children[2].value = each.queued;
        text(item.children[3], `${each.queued} of ${each.capacity}`);
        text(item.children[4], [each.slow ? 'slow' : '', each.dropped > 0 ? `${exact(each.dropped)} dropped` : '']
            .filter(Boolean).join(', '));
      });
}

let settings = [];

const standard = setting => {
  const value = setting.description.defaultValue;
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
};
const changed = setting => setting.source === '' ? setting.value !== standard(setting)
    : setting.source !== 'default';

function settingRow(setting) {
  const {key, text: meaning, unit, secret} = setting.description;
  const value = secret && setting.value ? 'set, not shown' : setting.value === '' ? 'none' : setting.value;
  return make(changed(setting) ? 'tr.changed' : 'tr', {},
      make('th', {scope: 'row', 'data-label': 'Key'}, make('code', {}, key)),
      make('td.mono.wrap', {'data-label': 'Value'}, value + (unit && setting.value ? ' ' + unit : ''),
          setting.refused ? make('span.error', {}, ` refused: ${setting.refused}`) : null),
      make('td', {'data-label': 'Source'}, setting.source || (changed(setting) ? 'configured' : 'default')),
      make('td.meaning', {'data-label': 'Meaning'}, meaning));
}

function renderSettings() {
  const wanted = byId('setting-filter').value.trim().toLowerCase();
  const only = byId('setting-changed').checked;
  const found = settings.filter(each => (!only || changed(each))
      && `${each.pid} ${each.description.key} ${each.description.text}`.toLowerCase().includes(wanted));
  const pids = [...new Set(found.map(each => each.pid))];
  const before = new Map([...byId('settings').children].map(each => [each.dataset.key, each.open]));
  byId('settings').replaceChildren(...pids.map(pid => {
    const own = found.filter(each => each.pid === pid);
    const count = own.filter(changed).length;
    const group = make('details', {}, make('summary', {}, make('code', {}, pid),
        make('span.sub', {}, ` ${own.length} keys${count > 0 ? `, ${count} changed` : ''}`)),
    make('table.settings', {}, make('tbody', {}, ...own.map(settingRow))));
    group.dataset.key = pid;
    group.open = before.get(pid) || wanted !== '' || only;
    return group;
  }), ...(found.length === 0 ? [make('p.note', {}, 'No such setting.')] : []));
}

let shownSettings = '';

export async function showSettings() {
  const told = await get('/settings');
  const now = JSON.stringify(told);
  if (now !== shownSettings) {
    shownSettings = now;
    settings = told;
    renderSettings();
  }
}

let measures = {};

/** The numbers of a snapshot as [name, value]: parts of parts by their path, lists and texts left to others. */
function flat(prefix, value) {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return [[prefix, value]];
  }
  return value === null || typeof value !== 'object' || Array.isArray(value) ? []
      : Object.entries(value).flatMap(([name, part]) => flat(`${prefix}.${name}`, part));
}

function shownValue(value, unit) {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : unit === 'bytes' ? bytes(value)
      : unit === 'milliseconds' ? duration(value / 1000) : exact(value) + (unit && unit !== 'ratio' ? ` ${unit}` : '');
}

export async function showNumbers(snapshots) {
  if (Object.keys(measures).length === 0) {
    measures = await get('/measures');
  }
  reconcile(byId('numbers'), Object.entries(snapshots), ([name]) => name,
      ([name]) => make('details', {}, make('summary', {}, name), make('dl')),
      (group, [name, snapshot]) => {
        if (group.open) {
          reconcile(group.lastChild, flat(name, snapshot), ([path]) => path, ([path]) => make('div', {title:
              measures[path]?.text ?? ''}, make('dt', {}, path.split('.').slice(1).join(' · ')), make('dd')),
          (line, [path, value]) => text(line.lastChild, shownValue(value, measures[path]?.unit ?? '')));
        }
      });
}

export function prepareTables() {
  byId('setting-filter').addEventListener('input', renderSettings);
  byId('setting-changed').addEventListener('change', renderSettings);
}
