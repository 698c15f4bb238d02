// SPDX-License-Identifier: Apache-2.0
// What is known of the node: asked for once a second, and told to the parts that watch.

const API = 'api/v1';
const POLL_MILLIS = 1000;
const KEPT_SECONDS = 300;
const KEPT_EVENTS = 500;

let token = '';

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  const headers = token ? {Authorization: `Bearer ${token}`} : {};
  const response = await fetch(API + path, {headers, signal: AbortSignal.timeout(5000), ...options});
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(response.status, answer.error ?? response.statusText);
  }
  return answer;
}

export const get = path => ask(path);

/** Sends an order; its answer is a sentence. */
export async function order(path, values = {}) {
  return (await ask(path, {method: 'POST', body: new URLSearchParams(values)})).done;
}

/** Tries a token; keeps it if the node takes it. */
export async function unlock(candidate) {
  const before = token;
  token = candidate;
  try {
    await get('');
  } catch (failure) {
    token = before;
    throw failure;
  }
}

export const unlocked = () => token !== '';

export function lock() {
  token = '';
}

/** The samples of some numbers, kept up to date: {time: [...], 'Gossip.delivered': [...]}. */
export class Samples {
  constructor(names) {
    this.names = names;
    this.clear();
  }

  clear() {
    this.series = Object.fromEntries(['time', ...this.names].map(name => [name, []]));
  }

  async refresh() {
    const last = this.series.time.at(-1) ?? 0;
    const more = await get(`/history?names=${this.names.join(',')}&after=${last}`);
    const begin = (more.time.at(-1) ?? last) - KEPT_SECONDS;
    const old = this.series.time.findIndex(time => time >= begin);
    for (const name of ['time', ...this.names]) {
      const fresh = more[name] ?? more.time.map(() => null);
      this.series[name] = this.series[name].slice(Math.max(0, old)).concat(fresh);
    }
  }

  /** How much a counter grew per second; null where that is unknown: at the start, and when it began again. */
  rate(name) {
    const {time, [name]: values} = this.series;
    return values.map((value, i) => {
      const grown = i > 0 && value !== null && values[i - 1] !== null ? value - values[i - 1] : -1;
      return grown < 0 ? null : grown / (time[i] - time[i - 1]);
    });
  }
}

/**
 * Asks once a second, and less often while the page is hidden.
 *
 * @param samples kept up to date
 * @param watch is given the node after each answer
 * @param failed is told why there was none
 */
export function poll(samples, watch, failed) {
  let events = [];
  let started = '';

  async function once() {
    try {
      const node = await get(`/node?after=${events.at(-1)?.number ?? 0}`);
      if (started !== node.started) {
        events = [];
        samples.clear();
        started = node.started;
      }
      events = events.concat(node.events).slice(-KEPT_EVENTS);
      await samples.refresh();
      watch({...node, events});
    } catch (failure) {
      failed(failure);
    }
    setTimeout(once, document.hidden ? 5 * POLL_MILLIS : POLL_MILLIS);
  }
  once();
}
