// SPDX-License-Identifier: Apache-2.0
// Settings: which value is in force, where it comes from, and what it does; with the token, other values.

import {discard, edit, edited, editing, effect, prepareChanges, refreshChanges, showEdits} from './changes.js';
import {byId, count, make} from './format.js';
import {get, unlocked} from './node.js';

const SELDOM_MILLIS = 5000;

let settings = [];
let writable = false;

const standard = setting => {
  const value = setting.description.defaultValue;
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
};
const changed = setting => setting.source === '' ? setting.value !== standard(setting)
    : setting.source !== 'default';
const nameOf = setting => `${setting.pid}:${setting.description.key}`;

/** An element in which a value is chosen or written. */
function control(setting) {
  const {key, secret, type} = setting.description;
  const known = edited(nameOf(setting));
  const value = known ? known.value ?? standard(setting) : secret ? '' : setting.value;
  const choices = type === 'boolean' ? ['true', 'false'] : setting.choices;
  const attributes = {'aria-label': `Value of ${key}`,
    oninput: event => edit(nameOf(setting), key, setting.value, secret && event.target.value === '' ? setting.value
        : event.target.value)};
  if (choices.length > 0) {
    const select = make('select', attributes, ...choices.map(choice => make('option', {value: choice}, choice)));
    select.value = value;
    return select;
  }
  // No password field: a browser would offer to keep the key of the network.
  const input = make(secret ? 'input.secret' : 'input', {...attributes, autocomplete: 'off', type: 'text',
    placeholder: secret ? setting.value ? 'set, not shown' : 'none' : ''});
  input.value = value;
  return input;
}

function written(setting) {
  const {key, applies, unit} = setting.description;
  // What is refused has to go, also where the default is in force in its place.
  const reset = changed(setting) || setting.refused ? make('button.copy', {type: 'button',
    'aria-label': `Default of ${key}`,
    onclick: () => {
      edit(nameOf(setting), key, setting.value, null);
      render();
    }}, 'Default') : null;
  return [make('span.value', {}, control(setting), unit ? ` ${unit} ` : ' ', reset),
    make('span.rule', {}, `${setting.rule}; ${effect(applies)}`)];
}

function read(setting) {
  const {unit, secret} = setting.description;
  const value = secret && setting.value ? 'set, not shown' : setting.value === '' ? 'none' : setting.value;
  return [value + (unit && setting.value ? ' ' + unit : '')];
}

function settingRow(setting) {
  return make(changed(setting) ? 'tr.changed' : 'tr', {},
      make('th', {scope: 'row', 'data-label': 'Key'}, make('code', {}, setting.description.key)),
      make('td.mono.wrap', {'data-label': 'Value'}, ...writable ? written(setting) : read(setting),
          setting.refused ? make('span.error', {}, ` refused: ${setting.refused}`) : null),
      make('td', {'data-label': 'Source'}, setting.source || (changed(setting) ? 'configured' : 'default')),
      make('td.meaning', {'data-label': 'Meaning'}, setting.description.text));
}

function render() {
  const wanted = byId('setting-filter').value.trim().toLowerCase();
  const only = byId('setting-changed').checked;
  const found = settings.filter(each => (!only || changed(each))
      && `${each.pid} ${each.description.key} ${each.description.text}`.toLowerCase().includes(wanted));
  const pids = [...new Set(found.map(each => each.pid))];
  const before = new Map([...byId('settings').children].map(each => [each.dataset.key, each.open]));
  byId('settings').replaceChildren(...pids.map(pid => {
    const own = found.filter(each => each.pid === pid);
    const others = own.filter(changed).length;
    const group = make('details', {}, make('summary', {}, make('code', {}, pid),
        make('span.sub', {}, ` ${count(own.length, 'key')}${others > 0 ? `, ${others} changed` : ''}`)),
    make('table.settings', {}, make('tbody', {}, ...own.map(settingRow))));
    group.dataset.key = pid;
    group.open = before.get(pid) || wanted !== '' || only;
    return group;
  }), ...(found.length === 0 ? [make('p.note', {}, 'No such setting.')] : []));
}

let shownSettings = '';
let asked = -Infinity;

/** Asked for every 5 s: settings change seldom. What is being edited stays as it is. */
export async function refresh() {
  if (performance.now() - asked < SELDOM_MILLIS || editing()) {
    return;
  }
  asked = performance.now();
  const [told] = await Promise.all([get('/settings'), refreshChanges()]);
  const now = JSON.stringify(told);
  if (now !== shownSettings) {
    shownSettings = now;
    settings = told;
    render();
  }
}

async function again() {
  asked = -Infinity;
  await refresh();
  render();
}

export function prepare() {
  byId('setting-filter').addEventListener('input', render);
  byId('setting-changed').addEventListener('change', render);
  prepareChanges(again);
}

/** @param wanted what to filter by, if anything */
export function open(wanted) {
  if (wanted !== '') {
    byId('setting-filter').value = wanted;
    render();
  }
}

/** What there is was shown when it came, but for whether it may be changed. */
export function show() {
  if (writable !== unlocked()) {
    writable = unlocked();
    if (!writable) {
      discard();
    }
    render();
    showEdits();
    refreshChanges();
  }
}
