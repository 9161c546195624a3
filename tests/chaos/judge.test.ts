import { beforeEach, expect, test } from 'vitest';
import type { History, Line } from './history.ts';
import { flawless, judge } from './judge.ts';

const line = (index: number, by: Line['by'], text: string, author = ''): Line => ({ id: `m${index}`, index, seq: index, by, author, text });
const copy = (lines: readonly Line[]): Line[] => lines.map((one) => ({ ...one }));

/** A visitor asks, the bot answers, a person is asked for, Ana claims and replies, gives back, the bot speaks again. */
const LINES = [line(1, 'visitor', 'v says 1'), line(2, 'bot', 'Hello'), line(3, 'event', 'queued'), line(4, 'event', 'joined'), line(5, 'agent', 'ana says 1', 'ana'), line(6, 'visitor', 'v says 2'), line(7, 'agent', 'ana says 2', 'ana'), line(8, 'event', 'returned'), line(9, 'bot', 'And you?')];
let history: History;
let [fresh, window, worker]: [Line[], Line[], Line[]] = [[], [], []];
beforeEach(() => {
  [fresh, window, worker] = [copy(LINES), copy(LINES), copy(LINES)];
  const rows = (): Map<string, string> => new Map([['conversation c', '{"id":"c","seq":9}'], ['note n', '{"conversationId":"c","text":"note: ana says 3","seq":10}']]);
  history = {
    sent: [['v', 1, 'v says 1'], ['v', 2, 'v says 2'], ['ana', 1, 'ana says 1'], ['ana', 2, 'ana says 2'], ['ana', 3, 'note: ana says 3']].map(([author, n, text]) => ({ author, n, text, refused: false }) as History['sent'][number]),
    seen: [{ observer: 'window', conversation: 'c', id: 'm5', index: 5 }], acked: new Set(['m1', 'm5', 'n']),
    claims: [{ round: 'r', member: 'ana', won: true, by: null }, { round: 'r', member: 'ben', won: false, by: 'ana' }],
    fresh: { observer: 'fresh', lines: new Map([['c', fresh]]), rows: rows() },
    observations: [{ observer: 'window', lines: new Map([['c', window]]), rows: null }, { observer: 'worker', lines: new Map([['c', worker]]), rows: rows() }],
    exported: new Map([['c', LINES.filter(({ by }) => by !== 'event').map(({ text }) => text)]]),
  };
});
const found = (): string[] => Object.entries(judge(history)).filter(([, lines]) => (lines as string[]).length > 0).map(([what]) => what);
/** As if it had never been written, for everybody. */
const without = (index: number): void => {
  for (const lines of [fresh, window, worker]) {
    lines.splice(index - 1, 1);
    lines.forEach((one, at) => { one.index = at + 1; });
  }
};

test('a history in which nothing is wrong is flawless', () => { expect(judge(history)).toEqual(flawless()); });

test('lost: a message that was sent, acknowledged or shown is nowhere', () => {
  without(6);
  expect(judge(history).lost).toContain('"v says 2" of v is not there');
  history.acked.add('m6');
  history.seen.push({ observer: 'window', conversation: 'c', id: 'm6', index: 6 });
  expect(judge(history).lost).toEqual(expect.arrayContaining(['m6 was acknowledged and is not there', 'window was shown m6 in c, and it is gone']));
});

test('lost: one observer, or the export, lacks what the others hold', () => {
  window.splice(8, 1);
  expect(judge(history).lost).toEqual(['window lacks m9 at 9 in c']);
  history.exported!.get('c')!.pop();
  expect(judge(history).lost).toContain('The export tells 5 of 6 messages of c');
});

test('lost: a note that was acknowledged is not there', () => {
  history.fresh.rows!.delete('note n');
  expect(judge(history).lost).toEqual(['"note: ana says 3" of ana is not there', 'n was acknowledged and is not there'].toReversed().toSorted());
});

test('duplicated: the same words twice under two ids, or one id twice on a screen', () => {
  for (const lines of [fresh, window, worker]) lines.push(line(10, 'visitor', 'v says 2'));
  history.exported!.get('c')!.push('v says 2');
  expect(judge(history)).toEqual({ ...flawless(), duplicated: ['"v says 2" is there 2 times'] });
  window.push({ ...window[0]!, index: 11 });
  expect(judge(history).duplicated).toContain('window, c: m1 is there twice');
});

test('reordered: a hole or a turn in the order, an author’s later words first, or shown elsewhere before', () => {
  [worker[4], worker[5]] = [worker[5]!, worker[4]!];
  expect(found()).toContain('reordered');
  worker.splice(0, worker.length, ...copy(LINES));
  history.seen.push({ observer: 'worker', conversation: 'c', id: 'm6', index: 7 });
  expect(judge(history)).toEqual({ ...flawless(), reordered: ['worker was shown m6 at 7, and it is at 6'] });
  history.seen.pop();
  for (const lines of [fresh, window, worker]) { lines[4]!.text = 'ana says 2'; lines[6]!.text = 'ana says 1'; }
  history.exported = null;
  expect(judge(history)).toEqual({ ...flawless(), reordered: ['"ana says 2" comes before "ana says 1", which ana wrote earlier'].map(() => expect.stringContaining('which ana wrote earlier')) });
});

test('two winners: of a contended claim, in one stretch of a conversation, or of one that nobody won', () => {
  history.claims[1]!.won = true;
  expect(judge(history)).toEqual({ ...flawless(), winners: ['r has 2 winners: ana, ben'] });
  history.claims = [{ round: 'r', member: 'ana', won: true, by: null }, { round: 'r', member: 'ben', won: false, by: 'cid' }];
  expect(judge(history).winners).toEqual(['ben lost r and was told that cid has won, not ana']);
  history.claims = [];
  for (const lines of [fresh, window, worker]) lines[6]!.author = 'ben';
  expect(judge(history).winners).toEqual(['c: ben writes at 7 in the stretch of ana']);
  for (const lines of [fresh, window, worker]) Object.assign(lines[6]!, { by: 'event', text: 'joined' });
  expect(judge(history).winners).toEqual(['c: a second agent joins at 7']);
});

test('the bot speaks on the team’s floor', () => {
  for (const lines of [fresh, window, worker]) Object.assign(lines[5]!, { by: 'bot' });
  expect(judge(history).bot).toEqual(['c: the bot speaks at 6, on the team\'s floor']);
});

test('diverged: a row, a line’s seq, or a line that only one observer has', () => {
  history.observations[1]!.rows!.set('conversation c', '{"id":"c","seq":8}');
  worker[1]!.seq = 3;
  window.push(line(10, 'bot', 'only here'));
  expect(judge(history).diverged).toHaveLength(3);
});

test('undead: words that were refused are there', () => {
  history.sent[3]!.refused = true;
  expect(judge(history)).toEqual({ ...flawless(), undead: ['"ana says 2" was refused and is there'] });
});
