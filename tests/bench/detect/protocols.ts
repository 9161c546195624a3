import { must } from '#lib/base/must.ts';
import type { Entry } from '#lib/detect/classify/model.ts';
import type { Meaning } from '#lib/detect/classify/features.ts';
import { train } from '#lib/detect/classify/train.ts';
import { createRandom, type Random } from '../../chaos/random.ts';
import { percentile } from '../figure.ts';
import { atThreshold, auroc, bestThreshold, calibrationError, closedAccuracy, f1, mcc, type Prediction } from './measures.ts';
import type { Row } from './rows.ts';

/** One line of the bench. @property n rows it was measured on */
export interface Measured { measure: string; value: number; tier: 'default' | 'semantic'; protocol: string; seed: number; n: number }
type Say = (measure: string, value: number, n: number) => void;
export interface Run { tried: Prediction[]; threshold: number }

/** Rows in scope as a knowledge base: a label is an entry, its rows the known phrasings. Rows out of scope are not shown to it. */
export function asEntries(rows: readonly Row[], meanings: Meanings | null = null): Entry[] {
  const byLabel = new Map<string, string[]>();
  for (const { text, label } of rows) if (label !== null) byLabel.set(label, [...byLabel.get(label) ?? [], text]);
  return [...byLabel].map(([id, phrasings]) => ({ id, phrasings, ...(meanings ? { meanings: { phrasings: phrasings.map((text) => must(meanings.get(text), text)) } } : {}) }));
}

/** Embeddings by text; null for the default tier. */
export type Meanings = ReadonlyMap<string, Meaning>;

/** Trains and tries. `say` gets the cost. */
export function run(rows: readonly Row[], test: readonly Row[], seed: number, meanings: Meanings | null, say?: Say): Run & { predict: (of: readonly Row[]) => Prediction[] } {
  const from = performance.now();
  const model = train(asEntries(rows, meanings), { chance: createRandom(seed).next });
  say?.('train time, ms', performance.now() - from, rows.length);
  const times: number[] = [];
  const predict = (of: readonly Row[]): Prediction[] => of.map(({ text, label }) => {
    const start = performance.now();
    const verdict = model.classify(text, undefined, meanings?.get(text));
    times.push(performance.now() - start);
    return { text, gold: label, best: verdict.ranked[0]?.id ?? null, score: verdict.answerable };
  });
  const tried = predict(test);
  say?.('latency p50, ms', percentile(times, 50), times.length);
  say?.('latency p99, ms', percentile(times, 99), times.length);
  say?.('model memory, MB', model.bytes / 1e6, rows.length);
  return { tried, threshold: model.thresholdFor(), predict };
}

/** Everything there is to say of one run; `val` adds the threshold of the CLINC150 paper. */
export function sayAll(say: Say, { tried, threshold }: Run, val: readonly Prediction[] | null): void {
  const n = tried.length;
  say('closed accuracy', closedAccuracy(tried), tried.filter((one) => one.gold !== null).length);
  if (tried.some((one) => one.gold === null)) {
    say('AUROC', auroc(tried), n);
    sayThreshold(say, 'self-calibrated', tried, threshold);
    if (val?.some((one) => one.gold === null)) sayThreshold(say, 'validation', tried, bestThreshold(val));
  }
  say('calibration error', calibrationError(tried), n);
}

function sayThreshold(say: Say, name: string, tried: readonly Prediction[], threshold: number): void {
  const { inScope, recall, precision } = atThreshold(tried, threshold);
  const scores = f1(tried, threshold);
  const figures = { 'in-scope accuracy': inScope, 'OOS recall': recall, 'OOS precision': precision, MCC: mcc(tried, threshold), 'F1-open': scores.open, 'F1-known': scores.known };
  for (const [measure, value] of Object.entries(figures)) say(`${measure}, ${name} threshold`, value, tried.length);
}

/** At most `shots` phrasings of each label, drawn by seed. */
export function fewShots(rows: readonly Row[], shots: number, random: Random): Row[] {
  return asEntries(rows).flatMap(({ id, phrasings }) => drawn(phrasings, shots, random).map((text) => ({ text, label: id })));
}

/** The open-intent protocol: a share of the labels, drawn by seed, is known; rows of the others are out of scope. */
export function openIntents(rows: readonly Row[], test: readonly Row[], ratio: number, random: Random): { rows: Row[]; test: Row[] } {
  const labels = [...new Set(rows.flatMap((row) => row.label ?? []))].sort();
  const known = new Set(drawn(labels, Math.round(labels.length * ratio), random));
  const relabel = (row: Row): Row => (row.label !== null && known.has(row.label) ? row : { ...row, label: null });
  return { rows: rows.map(relabel).filter((row) => row.label !== null), test: test.map(relabel) };
}

function drawn<T>(from: readonly T[], count: number, random: Random): T[] {
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(random.below(left.length), 1)[0]!);
}
