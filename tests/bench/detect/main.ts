import { parseArgs } from 'node:util';
import { detectRequest } from '#lib/detect/explicit-request.ts';
import { readWanting } from './rows.ts';
import { createCast, play, readScenarios, type Played } from './scenarios.ts';

/**
 * `npm run bench:detect -- OPTIONS`: the detector on labelled files, one JSON line per figure, then what was wrong. Every
 * figure is of the production code.
 */
const USAGE = 'npm run bench:detect -- [--human FILE] [--scenarios FILE]';

/** One line. @property n rows it was measured on */
interface Measured { measure: string; value: number; tier: 'default'; protocol: string; seed: number; n: number }

const { values } = (() => {
  try {
    return parseArgs({ options: { human: { type: 'string' }, scenarios: { type: 'string' } } });
  } catch (error) { return fail((error as Error).message); }
})();

function fail(why: string): never {
  process.stderr.write(`${why}\n${USAGE}\n`);
  process.exit(2);
}
const say = (protocol: string, seed = 0) => (measure: string, value: number, n: number): void => {
  const line: Measured = { measure, value: Number(value.toFixed(4)), tier: 'default', protocol, seed, n };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

function human(file: string): void {
  const rows = readWanting(file).map((row) => ({ ...row, found: detectRequest(row.text).strength === 'explicit' }));
  for (const lang of [null, ...new Set(rows.map((row) => row.lang ?? 'unknown'))]) {
    const own = rows.filter((row) => lang === null || (row.lang ?? 'unknown') === lang);
    const [wants, not, found] = [own.filter((row) => row.wants_human), own.filter((row) => !row.wants_human), own.filter((row) => row.found)];
    const told = say(lang === null ? 'human' : `human, ${lang}`);
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
  const told = say('scenarios');
  const turns = all.flatMap(({ dialogue, shown, texts }) => dialogue.turns.map((turn, at) => ({ id: dialogue.id, at: at + 1, turn, shown: shown[at] ?? 'none', text: texts[at] ?? '' })));
  const wrong = turns.filter(({ turn, shown }) => !turn.expect.includes(shown));
  const violated = all.flatMap(({ dialogue, violated: of }) => of.map((what) => ({ violated: what, dialogue: dialogue.id })));
  told('turn accuracy', 1 - wrong.length / turns.length, turns.length);
  told('violated invariants', violated.length, all.length);
  told('wrong answers', wrong.filter(({ shown }) => shown === 'answer').length, turns.length);
  const needy = all.filter(({ dialogue }) => dialogue.turns.some(({ expect }) => expect.includes('offer') || expect.includes('escalate')));
  told('needed a person, was offered one within 2 turns', needy.filter(inTime).length / needy.length, needy.length);
  const fine = all.filter((one) => !needy.includes(one));
  told('needed nobody, was offered one', fine.filter(({ shown }) => shown.includes('offer') || shown.includes('escalate')).length / fine.length, fine.length);
  for (const one of wrong) process.stdout.write(`${JSON.stringify({ wrong: one.shown, expected: one.turn.expect, dialogue: one.id, turn: one.at, said: 'visitor' in one.turn ? one.turn.visitor : one.turn.event, bot: one.text })}\n`);
  for (const one of violated) process.stdout.write(`${JSON.stringify(one)}\n`);
}

/** An offer or an escalation within two turns of the first where either was right. */
function inTime({ dialogue, shown }: Played): boolean {
  const due = dialogue.turns.findIndex(({ expect }) => expect.includes('offer') || expect.includes('escalate'));
  return shown.slice(due, due + 2).some((one) => one === 'offer' || one === 'escalate');
}

if (!values.human && !values.scenarios) fail('There is nothing to measure.');
try {
  if (values.human) human(values.human);
  if (values.scenarios) await scenarios(values.scenarios);
} catch (error) { fail((error as Error).message); }
