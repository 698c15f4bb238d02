// SPDX-License-Identifier: Apache-2.0
// What is known of the node: asked for once a second, and told to the parts that watch.

const API = 'api/v1';
const POLL_MILLIS = 1000;
const KEPT_EVENTS = 500;

let token = '';

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}, by = token) {
  const headers = by ? {Authorization: `Bearer ${by}`} : {};
  try {
    const response = await fetch(API + path, {headers, signal: AbortSignal.timeout(5000), ...options});
    const answer = await response.json().catch(failure => response.ok ? Promise.reject(failure) : {});
    if (!response.ok) {
      throw new Refused(response.status, answer.error ?? response.statusText);
    }
    return answer;
  } catch (failure) {
    // Also when an answer begins in time and does not end.
    throw failure.name === 'TimeoutError' ? new Error('The node does not answer in time.') : failure;
  }
}

export const get = path => ask(path);

/** Sends an order, which may take as long as settings take to come into force. */
export const post = (path, values = {}) => ask(path, {method: 'POST', body: new URLSearchParams(values),
  signal: AbortSignal.timeout(10000)});

/** Sends an order; its answer is a sentence. */
export const order = async (path, values) => (await post(path, values)).done;

/** Tries a token; keeps it if the node takes it. What is asked meanwhile is asked with the one before. */
export async function unlock(candidate) {
  await ask('', {}, candidate);
  token = candidate;
}

export const unlocked = () => token !== '';

export function lock() {
  token = '';
}

/** What is kept of each step, in seconds: 5 minutes, an hour, a day. */
const KEPT_SECONDS = {1: 300, 10: 3600, 120: 86400};
const PARTS = ['min', 'mean', 'max'];

/** How much a counter grew per second; null where that is unknown: at the start, and when it began again. */
function rates(time, values) {
  return values.map((value, i) => {
    const grown = i > 0 && value !== null && values[i - 1] !== null ? value - values[i - 1] : -1;
    return grown < 0 ? null : grown / (time[i] - time[i - 1]);
  });
}

/**
 * What some numbers were, kept up to date: {time: [...], 'Gossip.delivered': [...]} of the last 5 minutes, or for
 * longer steps {time: [...], 'Gossip.delivered': {min: [...], mean: [...], max: [...]}}, of counters the rates.
 */
export class Samples {
  constructor(names, step = 1) {
    this.names = names;
    this.step = step;
    this.asking = null;
    this.clear();
  }

  clear() {
    this.series = Object.fromEntries(this.names.map(name => [name, this.step === 1 ? []
        : Object.fromEntries(PARTS.map(part => [part, []]))]));
    this.series.time = [];
    this.asked = -Infinity;
  }

  /** Asks for what is new. One question at a time: two answers to the same one would be appended both. */
  refresh() {
    this.asking ??= this.ask().finally(() => { this.asking = null; });
    return this.asking;
  }

  async ask() {
    const {series} = this;
    const {time} = series;
    const last = time.at(-1) ?? 0;
    // A step takes a while: it need not be asked for each second.
    if (this.step > 1 && performance.now() - this.asked < 500 * this.step) {
      return;
    }
    this.asked = performance.now();
    const more = await get(`/history?names=${this.names.join(',')}&step=${this.step}&after=${last}`);
    if (series !== this.series) {
      return; // The node began anew meanwhile.
    }
    const begin = (more.time.at(-1) ?? last) - KEPT_SECONDS[this.step];
    const old = Math.max(0, time.findIndex(each => each >= begin));
    const unknown = more.time.map(() => null);
    const longer = (known, fresh) => known.slice(old).concat(fresh ?? unknown);
    this.series.time = longer(time, more.time);
    for (const name of this.names) {
      this.series[name] = this.step === 1 ? longer(this.series[name], more[name])
          : Object.fromEntries(PARTS.map(part => [part, longer(this.series[name][part], more[name]?.[part])]));
    }
  }

  rate(name) {
    return rates(this.series.time, this.series[name]);
  }

  /** The least, mean and most of a number in each step; of a counter what it grew by in a second. */
  curve(name, counter) {
    if (this.step > 1) {
      return this.series[name];
    }
    const values = counter ? this.rate(name) : this.series[name];
    return {min: values, mean: values, max: values};
  }
}

/**
 * Asks once a second, and less often while the page is hidden.
 *
 * @param watch is given the node after each answer, and whether its bundle began anew
 * @param failed is told why there was none
 */
export function poll(watch, failed) {
  let events = [];
  let started = '';

  async function once() {
    const begun = performance.now();
    try {
      const node = await get(`/node?after=${events.at(-1)?.number ?? 0}`);
      const anew = started !== node.started;
      if (anew) {
        events = [];
        started = node.started;
      }
      events = events.concat(node.events).slice(-KEPT_EVENTS);
      await watch({...node, events}, anew);
    } catch (failure) {
      failed(failure);
    }
    // What a busy node takes to answer is part of the second, but leaves it some time.
    const rest = POLL_MILLIS - (performance.now() - begun);
    setTimeout(once, document.hidden ? 5 * POLL_MILLIS : Math.max(rest, POLL_MILLIS / 4));
  }
  once();
}
