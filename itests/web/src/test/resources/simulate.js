// SPDX-License-Identifier: Apache-2.0
// Has the page see a network whose nodes are in these states: "ok:20 gone:1"; split:1 says that many went at once.

// What a page costs the browser: when the network was shown first, and the longest task, both in milliseconds.
window.longest = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => {
  window.longest = Math.max(window.longest, each.duration);
})).observe({type: 'longtask', buffered: true});
const watch = setInterval(() => {
  if (document.querySelector('#verdict-title')?.textContent.startsWith('The network ')
      && document.querySelector('#states-text').childElementCount > 0) {
    window.shownAfter = performance.now();
    clearInterval(watch);
  }
}, 10);

const counts = Object.fromEntries('STATES'.trim().split(' ').map(each => each.split(':')));
const states = Object.entries(counts).filter(([state]) => state !== 'split')
    .flatMap(([state, count]) => Array(Number(count)).fill(state));
const WHY = {warn: 'Listener LedgerWriter is full (1024 of 1024): its sender is held back, others are not.',
  fail: '0 peers connected: messages go nowhere.', stale: 'Its record is 31 s overdue.'};

const table = {
  revision: 1, whole: true, now: 1000,
  columns: ['key', 'id', 'name', 'own', 'state', 'why', 'since', 'heard', 'started', 'version', 'findings', 'numbers', 'links',
    'topics'],
  numbers: ['newPerSecond', 'copiesPerSecond', 'deliveredPerSecond', 'publishedPerSecond', 'bytesInPerSecond',
    'bytesOutPerSecond', 'queuedBytes', 'ageMillis', 'missed', 'peersKnown', 'peersBanned', 'heapMiB', 'cpuPermille'],
  links: ['to', 'roundTripMillis', 'flags'],
  rows: states.map((state, i) => [i, String(i).padStart(16, '0'), `node-${i}`, i === 0, state, WHY[state] ?? '', 900, 990, 0,
    '1.0.0', [], [412, 24, 411, 3, 5e5, 5e5, state === 'warn' ? 2e6 : 0, 310, 0, 9, 0, 120, 35],
    [[(i + 1) % states.length, 12, 7], [(i * 7 + 3) % states.length, 20, i % 3 === 0 ? 5 : 1]].filter(([to]) => to !== i),
    [['ledger', 388, 1], ['news', 21, 2]]]),
  removed: [],
};
const unchanged = {...table, whole: false, rows: []};

const asked = window.fetch;
window.fetch = async (path, options) => {
  if (String(path).startsWith('api/v1/network?')) {
    return new Response(JSON.stringify(String(path).endsWith('since=0') ? table : unchanged));
  }
  const answer = await asked(path, options);
  if (!String(path).startsWith('api/v1/node')) {
    return answer;
  }
  const node = await answer.json();
  node.health = {status: 'ok', ready: true, reasons: []};
  node.snapshots.Network = {interval: Math.max(10, states.length * 1000 / 4096), split: counts.split !== undefined};
  return new Response(JSON.stringify(node));
};
