// SPDX-License-Identifier: Apache-2.0
// Numbers, times and elements. Everything shown goes in as text, never as markup: peers choose some of it.

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const MANY = ['', 'k', 'M', 'G', 'T'];

function scaled(value, base, units, gap) {
  let size = Math.abs(value);
  let step = 0;
  while (size >= base && step < units.length - 1) {
    size /= base;
    step++;
  }
  const digits = step === 0 && Number.isInteger(size) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return (value < 0 ? '−' : '') + size.toFixed(digits) + gap + units[step];
}

export const many = value => scaled(value, 1000, MANY, '');
export const bytes = value => scaled(value, 1024, BYTES, ' ');
export const exact = value => typeof value === 'number' && Number.isInteger(value)
    ? value.toLocaleString('en') : typeof value === 'number' ? String(+value.toPrecision(5)) : String(value);
/** For example "1 check", "2 checks". */
export const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
/** A count in a second. */
export const perSecond = value => (value >= 1000 ? many(value) : value >= 10 ? Math.round(value)
    : +value.toPrecision(2)) + ' /s';
export const percent = ratio => (100 * ratio).toFixed(ratio > 0 && ratio < 0.1 ? 1 : 0) + ' %';

/** A duration in seconds, short. */
export function duration(seconds) {
  if (seconds < 1) {
    const millis = 1000 * seconds;
    return millis === 0 ? '0' : `${+millis.toPrecision(3)} ms`;
  }
  if (seconds < 60) {
    return `${+seconds.toPrecision(2)} s`;
  }
  const whole = Math.floor(seconds);
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = parts.findIndex(([size]) => whole >= size);
  const rest = Math.floor(whole % parts[first][0] / (parts[first + 1]?.[0] ?? 1));
  return Math.floor(whole / parts[first][0]) + ' ' + parts[first][1]
      + (parts[first + 1] && rest > 0 ? ' ' + rest + ' ' + parts[first + 1][1] : '');
}

/** With a minus that is as wide as a plus. */
export const signed = (value, plus = '') => (value > 0 ? plus : '') + String(value).replace('-', '−');

export const clockOf = time => new Date(time).toLocaleTimeString('en-GB');
export const dayOf = time => new Date(time).toLocaleDateString('en-GB', {day: 'numeric', month: 'short'});
/** The time of day, and on which day if that is not today. */
export const clock = time => (dayOf(time) === dayOf(Date.now()) ? '' : dayOf(time) + ' ') + clockOf(time);

/** Makes an element: its tag with classes (li.warn), properties and attributes, children as text or elements. */
export function make(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter(child => child !== undefined && child !== null));
  return element;
}

/** Copies a text as a person would; gives whether that was possible. */
function copyByHand(what, beside) {
  const field = make('textarea', {readonly: '', 'aria-hidden': 'true'});
  field.value = what;
  // Beside the button: what is outside of an open dialog cannot be selected.
  beside.after(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  beside.focus();
  return done;
}

/** Puts a text where the system keeps what was copied. Over HTTP browsers let only pages of their own machine do so. */
export const copyButton = what => make('button.copy', {type: 'button', onclick: async event => {
  const {target} = event;
  const done = await navigator.clipboard?.writeText(what()).then(() => true, () => false)
      || copyByHand(what(), target);
  target.textContent = done ? 'Copied' : 'Not copied';
  setTimeout(() => { target.textContent = 'Copy'; }, 1500);
}}, 'Copy');

export const byId = id => document.getElementById(id);

/** Sets a text, and touches the page only if it differs: nothing is announced or laid out for nothing. */
export function text(element, value) {
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

/**
 * Brings the children of an element in line with a list, each found again by its key, so that focus and selection stay.
 * Of items with the same key, which other nodes may send, each has a child of its own.
 */
export function reconcile(parent, items, key, create, update) {
  const before = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const times = new Map();
  let place = parent.firstElementChild;
  for (const item of items) {
    const plain = String(key(item));
    const more = times.get(plain) ?? 0;
    times.set(plain, more + 1);
    const name = more === 0 ? plain : `${plain}\n${more}`;
    let child = before.get(name);
    if (child) {
      before.delete(name);
    } else {
      child = create(item);
      child.dataset.key = name;
    }
    if (child !== place) {
      parent.insertBefore(child, place);
    } else {
      place = place.nextElementSibling;
    }
    update?.(child, item);
  }
  before.forEach(child => child.remove());
}
