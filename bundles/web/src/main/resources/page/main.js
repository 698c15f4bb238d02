// SPDX-License-Identifier: Apache-2.0
// The page: the bar, and which view is shown. A view is a module, loaded when it is shown first; only the one that is
// open asks the node for more than how it fares.

import {preparePending, showPending} from './changes.js';
import {byId, duration, text} from './format.js';
import {knowsNetwork} from './network.js';
import {poll} from './node.js';
import {noOrders, prepareOrders, say, tokenRefused} from './orders.js';

/**
 * Each has refresh(anew, node), which asks the node for more, and show(node), which shows what it said; it may have
 * prepare(), called once, and open(rest), given what stands behind its name in the address.
 */
const VIEWS = {
  overview: () => import('./overview.js'),
  network: () => import('./map.js'),
  peers: () => import('./peers.js'),
  topics: () => import('./topics.js'),
  messages: () => import('./messages.js'),
  node: () => import('./own.js'),
  settings: () => import('./settings.js'),
  events: () => import('./events.js'),
};

const loaded = new Map();
let open = null;
let node = null;
/** The view that the address names, and whether the node did not answer when it was to be loaded. */
let wanted = '';
let missing = false;
/** When the node answered last, as the browser counts. */
let answered = 0;
let silent = false;

async function load(name) {
  if (!loaded.has(name)) {
    const view = await VIEWS[name]();
    if (!loaded.has(name)) {
      loaded.set(name, view);
      view.prepare?.();
    }
  }
  return loaded.get(name);
}

async function refresh(view, anew) {
  await view.refresh?.(anew, node);
  if (view === open) {
    view.show(node);
  }
}

/** Shows the view that the address names; what is no address of a view is a place on the page. */
async function route() {
  const [, name, rest] = location.hash.match(/^#\/(\w+)\/?(.*)$/) ?? [];
  if (location.hash !== '' && name === undefined && open !== null) {
    return;
  }
  const named = VIEWS[name] ? name : 'overview';
  wanted = named;
  document.querySelectorAll('.view').forEach(each => { each.hidden = each.id !== `view-${wanted}`; });
  document.querySelectorAll('.tabs a').forEach(each => {
    const here = each.hash === `#/${wanted}`;
    each.toggleAttribute('data-here', here);
    each.setAttribute('aria-current', here ? 'page' : 'false');
    if (here) {
      each.scrollIntoView({block: 'nearest', inline: 'nearest'});
    }
  });
  try {
    missing = false;
    open = null;
    const view = await load(named).catch(failure => {
      missing = wanted === named;
      throw failure;
    });
    if (wanted !== named) {
      return; // Another one was chosen while this one was loaded.
    }
    open = view;
    view.open?.(decodeURIComponent(rest ?? ''));
    if (node !== null) {
      await refresh(view, false);
    }
  } catch (failure) {
    say(failure.message, true);
  }
}

function showBar() {
  text(byId('network'), node.network || 'ippan');
  text(byId('node-id'), node.id.slice(0, 8) || 'a node without an id');
  text(byId('node-name'), node.name);
  byId('node-id').title = `Id of this node: ${node.id}`;
  byId('health').className = `pill ${node.health.status}`;
  text(byId('health'), node.health.status);
  byId('tab-network').hidden = !knowsNetwork(node);
  byId('unlock').hidden = !node.orders;
  document.title = `${node.health.status} · ${node.network || 'ippan'} ${node.name || node.id.slice(0, 8)}`;
}

async function show(now, anew) {
  node = now;
  answered = performance.now();
  silent = false;
  byId('offline').hidden = true;
  document.body.classList.remove('stale');
  if (!node.orders) {
    noOrders();
  }
  showBar();
  showPending(node);
  if (missing) {
    await route();
  } else if (open !== null) {
    await refresh(open, anew);
  }
}

/** How long ago counts on while the node does not answer. */
function showAge() {
  showPending();
  if (silent) {
    const seconds = Math.max(1, Math.round((performance.now() - answered) / 1000));
    text(byId('offline'), `The node does not answer${answered === 0 ? '' : ` since ${duration(seconds)}`}.`
        + ' What is below was true when it did last; this page goes on trying.');
  }
}

function failed(failure) {
  if (failure.status === 401) {
    byId('unlock').hidden = false;
    tokenRefused();
  }
  byId('offline').hidden = false;
  silent = failure.status === undefined;
  if (!silent) {
    text(byId('offline'), failure.message);
  }
  document.body.classList.add('stale');
  byId('health').className = 'pill fail';
  text(byId('health'), 'no answer');
  showAge();
}

prepareOrders();
preparePending();
addEventListener('hashchange', route);
setInterval(showAge, 1000);
await route();
poll(show, failed);
