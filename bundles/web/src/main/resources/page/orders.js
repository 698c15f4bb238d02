// SPDX-License-Identifier: Apache-2.0
// What may be ordered with the token: asked for once, confirmed each time where it hurts.

import {byId, text} from './format.js';
import {lock, order, unlock, unlocked} from './node.js';

let saidTimer = 0;

/** Says what was done, or why not, for a while. */
export function say(sentence, bad = false) {
  const said = byId('said');
  said.textContent = sentence;
  said.classList.toggle('bad', bad);
  said.classList.add('shown');
  clearTimeout(saidTimer);
  saidTimer = setTimeout(() => said.classList.remove('shown'), 6000);
}

async function carryOut(path, values) {
  try {
    say(await order(path, values));
    return true;
  } catch (failure) {
    say(failure.message, true);
    return false;
  }
}

/** Asks; gives what was chosen, or null. */
function confirmed(title, question, yes, ban = false) {
  const dialog = byId('confirm-dialog');
  text(byId('confirm-title'), title);
  text(byId('confirm-text'), question);
  text(byId('confirm-yes'), yes);
  byId('confirm-ban').hidden = !ban;
  byId('confirm-yes').className = ban ? 'danger' : 'primary';
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue !== 'yes' ? null
      : {seconds: byId('ban-seconds').value, reason: byId('ban-reason').value}), {once: true}));
}

const QUESTIONS = {
  ban: ['Ban', 'is disconnected, and refused until the ban ends.'],
  pardon: ['Pardon', 'is let in again, with a score just above the ban.'],
  disconnect: ['Disconnect', 'is sent away. It may come back, and is dialled again if it is configured.'],
};

/** Orders something about a peer after asking back. */
export async function orderPeer(peer, name, what) {
  const [title, consequence] = QUESTIONS[what];
  const choice = await confirmed(`${title} ${name}?`, `${name} ${consequence}`, title, what === 'ban');
  return choice !== null && carryOut(`/peers/${peer.id}/${what}`, what === 'ban' ? choice : {});
}

function onSubmit(id, path, afterwards) {
  byId(id).addEventListener('submit', async event => {
    event.preventDefault();
    if (await carryOut(path, new FormData(event.target))) {
      afterwards(event.target);
    }
  });
}

function showLock() {
  text(byId('unlock'), unlocked() ? 'Lock' : 'Unlock');
  document.querySelectorAll('[data-unlocked]').forEach(each => { each.hidden = !unlocked(); });
}

/** Asks for the token. */
export function askForToken() {
  const dialog = byId('token-dialog');
  if (!dialog.open) {
    byId('token').value = '';
    text(byId('token-error'), '');
    dialog.showModal();
  }
}

function shut() {
  lock();
  showLock();
}

/** The node does not take the token that this page has. What it shows without one goes on; else the page asks. */
export function tokenRefused() {
  if (unlocked()) {
    shut();
    say('Locked: the node has another token by now.', true);
  } else {
    askForToken();
  }
}

/** A node without a token takes no orders. */
export function noOrders() {
  if (unlocked()) {
    shut();
    say('Locked: the node has no token any more, and takes no orders.', true);
  }
}

export function prepareOrders() {
  byId('unlock').addEventListener('click', () => {
    if (unlocked()) {
      shut();
    } else {
      askForToken();
    }
  });
  byId('token-cancel').addEventListener('click', () => byId('token-dialog').close());
  byId('token-form').addEventListener('submit', async event => {
    event.preventDefault();
    try {
      await unlock(byId('token').value);
      byId('token-dialog').close();
      showLock();
      say('Unlocked: peers may be banned and dialled, settings changed, messages published.');
    } catch (failure) {
      text(byId('token-error'), failure.message);
    }
  });
  onSubmit('connect', '/connect', form => form.reset());
  onSubmit('publish', '/publish', form => { form.elements.text.value = ''; });
}
