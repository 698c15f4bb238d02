// SPDX-License-Identifier: Apache-2.0
// The score of a peer over time: what changed it, and where it is warned, banned and let in again.

import {byId, clock, make, reconcile, signed} from './format.js';
import {TimePlot} from './charts.js';
import {get} from './node.js';

const MARGIN = 30;
/** No score is below: what a loss that ends here began with is not known. */
const LOWEST = -1000;

let plot = null;
let limits = {};
let lowest = 0;
let highest = 0;
/** What happened at each point of the plot; nothing at those between. */
let causes = [];

const words = cause => cause.replaceAll('-', ' ');
const change = event => event.points === 0 ? '' : signed(event.points, '+');

/** Reads the thresholds in force. */
export async function prepareScore() {
  const settings = await get('/settings?filter=org.ippan.network.reputation');
  const value = Object.fromEntries(settings.map(each => [each.description.key, Number(each.value)]));
  limits = settings.length === 0 ? {} : {warned: value.warnThreshold, pardoned: value.banThreshold + value.pardonMargin,
    banned: value.banThreshold};
}

/** Thresholds a score is nowhere near would press it flat: each is shown once the one above it was crossed. */
function range() {
  const bottom = lowest <= limits.warned ? limits.banned : lowest < 0 ? limits.warned : 0;
  return [Math.min(bottom ?? 0, lowest) - MARGIN, Math.max(0, highest) + MARGIN];
}

function create() {
  const threshold = {dash: [6, 4], width: 1};
  return new TimePlot('plot-score', [
    {label: 'Score', colour: 'accent', points: () => causes.flatMap((cause, i) => cause ? [i] : []),
      format: (value, i) => signed(value) + (causes[i] ? ` (${causes[i]})` : '')},
    {...threshold, label: 'Warned at', colour: 'warn'}, {...threshold, label: 'Let in again above', colour: 'good'},
    {...threshold, label: 'Banned at', colour: 'bad'}],
  {height: 190, format: signed, label: 'Score', range});
}

/**
 * The points of the line: what each event left, and now. A loss is a step down from what decay had given back until
 * then; gains are many small ones told as one, on a slope.
 */
function line(events, score, now) {
  const points = events.flatMap(event => {
    const time = Date.parse(event.time) / 1000;
    const after = [time, event.score, `${words(event.cause)} ${change(event)}`.trim()];
    return event.points < 0 && event.score > LOWEST ? [[time, event.score - event.points, ''], after] : [after];
  });
  return [...points, [now, score, '']];
}

/**
 * Shows it.
 *
 * @param score now
 * @param events what changed it, oldest first; none are kept of peers that do well
 * @param seen [[time, score]] as this page saw it: shown where there are no events
 */
export function showScore(score, events, seen) {
  const now = Date.now() / 1000;
  const points = events.length > 0 ? line(events, score, now) : [...seen.map(each => [...each, '']), [now, score, '']];
  const scores = points.map(each => each[1]);
  causes = points.map(each => each[2]);
  lowest = Math.min(...scores);
  highest = Math.max(...scores);
  plot ??= create();
  plot.show(points.map(each => each[0]), scores,
      ...[limits.warned, limits.pardoned, limits.banned].map(limit => points.map(() => limit ?? null)));
  byId('peer-events').hidden = events.length === 0;
  reconcile(byId('peer-events'), [...events].reverse(), event => `${event.time} ${event.cause} ${event.score}`,
      event => make('li', {}, make('time', {datetime: event.time}, clock(event.time)),
          make('span', {}, words(event.cause)), make('span.number', {}, change(event)),
          make('span.number', {}, `→ ${signed(event.score)}`)));
}
