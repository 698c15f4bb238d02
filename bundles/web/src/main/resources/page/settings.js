// SPDX-License-Identifier: Apache-2.0
// Settings: which value is in force, where it comes from, and what it does.

import {byId, make} from './format.js';
import {get} from './node.js';

const SELDOM_MILLIS = 5000;

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
let asked = -Infinity;

/** Asked for every 5 s: settings change seldom. */
export async function refresh() {
  if (performance.now() - asked < SELDOM_MILLIS) {
    return;
  }
  asked = performance.now();
  const told = await get('/settings');
  const now = JSON.stringify(told);
  if (now !== shownSettings) {
    shownSettings = now;
    settings = told;
    renderSettings();
  }
}

export function prepare() {
  byId('setting-filter').addEventListener('input', renderSettings);
  byId('setting-changed').addEventListener('change', renderSettings);
}

/** @param wanted what to filter by, if anything */
export function open(wanted) {
  if (wanted !== '') {
    byId('setting-filter').value = wanted;
    renderSettings();
  }
}

/** What there is was shown when it came. */
export function show() {
}
