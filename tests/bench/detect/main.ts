import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { detectRequest } from '#lib/detect/explicit-request.ts';
import { createRandom } from '../../chaos/random.ts';
import { given, type Prediction } from './measures.ts';
import { embedAll } from './embed.ts';
import { fewShots, openIntents, run, sayAll, type Meanings, type Measured } from './protocols.ts';
import { readRows, readWanting, type Row } from './rows.ts';
import { createCast, play, readScenarios, type Played } from './scenarios.ts';

/**
 * `npm run bench:detect -- OPTIONS`: the detector on labelled files, one JSON line per figure. Every figure is of the
 * production code; a threshold is never chosen on test rows.
 */
const USAGE = `npm run bench:detect -- [--train FILE --test FILE [--val FILE] [--shots 1,5,10] [--open 0.25,0.5,0.75] [--predict OUT]]
    [--seeds N] [--tier semantic] [--human FILE] [--scenarios FILE]`;

const { values } = (() => {
  try {
    return parseArgs({ options: { train: { type: 'string' }, val: { type: 'string' }, test: { type: 'string' }, shots: { type: 'string' }, open: { type: 'string' }, seeds: { type: 'string' }, human: { type: 'string' }, scenarios: { type: 'string' }, predict: { type: 'string' }, tier: { type: 'string' } } });
  } catch (error) { return fail((error as Error).message); }
})();

function fail(why: string): never {
  process.stderr.write(`${why}\n${USAGE}\n`);
  process.exit(2);
}
const numbers = (name: string, text: string | undefined): number[] => (text ?? '').split(',').filter(Boolean).map((one) => {
  const value = Number(one);
  return value > 0 ? value : fail(`--${name}: "${one}" is not a number above 0.`);
});

let meanings: Meanings | null = null;

const say = (protocol: string, seed: number) => (measure: string, value: number, n: number): void => {
  const line: Measured = { measure, value: Number(value.toFixed(4)), tier: meanings ? 'semantic' : 'default', protocol, seed, n };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

function classify(train: readonly Row[], test: readonly Row[], val: readonly Row[] | null): void {
  const told = say('full', 0);
  const done = run(train, test, 0, meanings, told);
  sayAll(told, done, val && done.predict(val));
  if (values.predict) writeFileSync(values.predict, done.tried.map((one) => `${JSON.stringify(predicted(one, done.threshold))}\n`).join(''));
}
const predicted = (one: Prediction, threshold: number) => ({ text: one.text, gold: one.gold ?? 'oos', prediction: given(one, threshold) ?? 'oos', score: one.score });

function overSeeds(protocol: string, of: (seed: number, told: (measure: string, value: number, n: number) => void) => void): void {
  const seeds = numbers('seeds', values.seeds ?? '1')[0] ?? 1;
  const all = new Map<string, { values: number[]; n: number }>();
  for (let seed = 1; seed <= seeds; seed++) {
    of(seed, (measure, value, n) => {
      say(protocol, seed)(measure, value, n);
      all.set(measure, { values: [...all.get(measure)?.values ?? [], value], n });
    });
  }
  if (seeds > 1) for (const [measure, one] of all) say(`${protocol}, mean of ${seeds} seeds`, 0)(measure, one.values.reduce((sum, value) => sum + value, 0) / seeds, one.n);
}

function human(file: string): void {
  const rows = readWanting(file).map((row) => ({ ...row, found: detectRequest(row.text).strength === 'explicit' }));
  for (const lang of [null, ...new Set(rows.map((row) => row.lang ?? 'unknown'))]) {
    const own = rows.filter((row) => lang === null || (row.lang ?? 'unknown') === lang);
    const [wants, not, found] = [own.filter((row) => row.wants_human), own.filter((row) => !row.wants_human), own.filter((row) => row.found)];
    const told = say(lang === null ? 'human' : `human, ${lang}`, 0);
    if (wants.length > 0) told('recall', wants.filter((row) => row.found).length / wants.length, wants.length);
    if (found.length > 0) told('precision', found.filter((row) => row.wants_human).length / found.length, found.length);
    if (not.length > 0) told('false-positive rate', not.filter((row) => row.found).length / not.length, not.length);
    if (lang === null) for (const row of rows) if (row.found !== row.wants_human) process.stdout.write(`${JSON.stringify({ wrong: row.wants_human ? 'missed' : 'false alarm', text: row.text, lang: row.lang })}\n`);
  }
}

async function scenarios(file: string): Promise<void> {
  const cast = createCast();
  const all: Played[] = [];
  for (const { knowledge, dialogue } of readScenarios(file)) all.push(await play(dialogue, await cast(knowledge)));
  const told = say('scenarios', 0);
  const turns = all.flatMap(({ dialogue, shown, texts, sources }) => dialogue.turns.map((turn, at) => ({ id: dialogue.id, at: at + 1, turn, shown: shown[at] ?? 'none', text: texts[at] ?? '', source: sources[at] })));
  const wrong = turns.filter(({ turn, shown }) => !turn.expect.includes(shown));
  const violated = all.flatMap(({ dialogue, violated: of }) => of.map((what) => ({ violated: what, dialogue: dialogue.id })));
  told('turn accuracy', 1 - wrong.length / turns.length, turns.length);
  told('violated invariants', violated.length, all.length);
  // An answer where none was right, and one from another entry than the dialogue names, where it names one.
  const elsewhere = turns.filter((one) => !wrong.includes(one) && one.shown === 'answer' && 'visitor' in one.turn && one.turn.source !== undefined && one.source !== one.turn.source);
  told('wrong answers', wrong.filter(({ shown }) => shown === 'answer').length + elsewhere.length, turns.length);
  const needy = all.filter(({ dialogue }) => dialogue.turns.some(({ expect }) => expect.includes('offer') || expect.includes('escalate')));
  told('needed a person, was offered one within 2 turns', needy.filter(inTime).length / needy.length, needy.length);
  const fine = all.filter((one) => !needy.includes(one));
  told('needed nobody, was offered one', fine.filter(({ shown }) => shown.includes('offer') || shown.includes('escalate')).length / fine.length, fine.length);
  for (const one of wrong) process.stdout.write(`${JSON.stringify({ wrong: one.shown, expected: one.turn.expect, dialogue: one.id, turn: one.at, said: 'visitor' in one.turn ? one.turn.visitor : one.turn.event, bot: one.text })}\n`);
  for (const { id, at, turn, text } of elsewhere) process.stdout.write(`${JSON.stringify({ wrong: 'another answer', expected: 'source' in turn ? turn.source : null, dialogue: id, turn: at, said: 'visitor' in turn ? turn.visitor : '', bot: text })}\n`);
  for (const one of violated) process.stdout.write(`${JSON.stringify(one)}\n`);
}

/** An offer or an escalation within two turns of the first where either was right. */
function inTime({ dialogue, shown }: Played): boolean {
  const due = dialogue.turns.findIndex(({ expect }) => expect.includes('offer') || expect.includes('escalate'));
  return shown.slice(due, due + 2).some((one) => one === 'offer' || one === 'escalate');
}

if (!values.human && !values.scenarios && !(values.train && values.test)) fail('There is nothing to measure.');
try {
  if (values.train && values.test) {
    const [train, test, val] = [readRows(values.train, 'train'), readRows(values.test, 'test'), values.val ? readRows(values.val, 'val') : null];
    if (values.tier === 'semantic') meanings = await embedAll([...train, ...test, ...val ?? []].map(({ text }) => text));
    if (!values.shots && !values.open) classify(train, test, val);
    for (const shots of numbers('shots', values.shots)) {
      overSeeds(`${shots} shots`, (seed, told) => { const done = run(fewShots(train, shots, createRandom(`shots/${seed}`)), test, seed, meanings, told); sayAll(told, done, val && done.predict(val)); });
    }
    for (const ratio of numbers('open', values.open)) {
      overSeeds(`open, ${ratio} known`, (seed, told) => { const open = openIntents(train, test, ratio, createRandom(`open/${seed}`)); sayAll(told, run(open.rows, open.test, seed, meanings, told), null); });
    }
  }
  if (values.human) human(values.human);
  if (values.scenarios) await scenarios(values.scenarios);
} catch (error) { fail((error as Error).message); }
