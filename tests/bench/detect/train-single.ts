import { writeFileSync } from 'node:fs';
import { must } from '#lib/base/must.ts';
import { createChance } from '#lib/base/random.ts';
import { chanceOf, fitLogistic } from '#lib/detect/classify/calibrate.ts';
import { FACTORS } from '#lib/detect/classify/evidence.ts';
import { train } from '#lib/detect/classify/train.ts';
import { detectRequest } from '#lib/detect/explicit-request.ts';
import { smallTalk } from '#lib/detect/small-talk.ts';
import { embedAll } from './embed.ts';
import { readScenarios, type Knowledge } from './scenarios.ts';

/**
 * `node tests/bench/detect/train-single.ts [--meant] FILE…`: what evidence is worth where each entry has one phrasing, and none can
 * be held out: learnt from dialogues about several knowledge bases, written into lib/detect/classify/single.json; with --meant the same for a base with embeddings.
 */
const IS_MEANT = process.argv.includes('--meant');
const TARGET = `lib/detect/classify/${IS_MEANT ? 'single-meant' : 'single'}.json`;
const [DIGITS, SMALL] = [4, 1e-9];

interface Tried { factors: readonly number[]; isAnswerable: boolean; isRight: boolean }

/** By the base itself: two files may give theirs the same name. */
const models = new Map<Knowledge, ReturnType<typeof train>>();
function modelOf(knowledge: Knowledge): ReturnType<typeof train> {
  const { faq } = knowledge;
  const model = models.get(knowledge) ?? train(faq.map(([question, text]) => ({ id: question, phrasings: [question], text, ...(meanings ? { meanings: { phrasings: [meaningOf(question)], text: meaningOf(text) } } : {}) })), { chance: createChance(1) });
  models.set(knowledge, model);
  return model;
}

const read = process.argv.slice(2).filter((one) => one !== '--meant').flatMap(readScenarios);
const meanings = IS_MEANT ? await embedAll(read.flatMap(({ knowledge, dialogue }) => [...knowledge.faq.flat(), ...dialogue.turns.flatMap((turn) => ('visitor' in turn ? [turn.visitor] : []))])) : null;
const meaningOf = (text: string): Float32Array => must(meanings?.get(text), text);

const tried: Tried[] = read.flatMap(({ knowledge, dialogue }) => dialogue.turns.flatMap((turn): Tried[] => {
  if (!('visitor' in turn) || smallTalk(turn.visitor) || detectRequest(turn.visitor).strength === 'explicit') return [];
  const isAnswerable = turn.source !== undefined && !turn.expect.includes('clarify');
  const isMiss = turn.expect.includes('clarify') && !turn.expect.includes('answer');
  if (!isAnswerable && !isMiss) return [];
  const { ranked, factors } = modelOf(knowledge).classify(turn.visitor, undefined, meanings?.get(turn.visitor));
  // Not a known word: there is no evidence to weigh.
  if (ranked.length === 0) return [];
  return [{ factors: FACTORS.map((name) => factors[name] ?? 0), isAnswerable, isRight: isAnswerable && ranked[0]?.id === turn.source }];
}));
const logistic = fitLogistic(tried.map(({ factors, isRight }) => ({ factors, holds: isRight, weight: 1 })), 1);
const inScope = tried.filter((one) => one.isAnswerable).map((one) => chanceOf(logistic, one.factors)).sort((one, other) => one - other);
const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? (Math.abs(value) < SMALL ? 0 : Number(value.toFixed(DIGITS))) : value);
writeFileSync(TARGET, `${JSON.stringify({ logistic, inScope }, rounded)}\n`);
process.stdout.write(`${tried.length} questions, ${inScope.length} with an answer, ${tried.filter((one) => one.isRight).length} found it; written to ${TARGET}\n`);
