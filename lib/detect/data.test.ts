import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectRequest } from './explicit-request.ts';
import { smallTalk } from './small-talk.ts';

/** Development data beside the project; its rates are development figures. */
const FOLDER = join(import.meta.dirname, '../../../shared/data/detect');
interface Row { text: string; lang?: string; wants_human?: boolean; _meta?: object }
const rows = (file: string): Row[] => readFileSync(join(FOLDER, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row).filter((row) => !row._meta);
const share = (part: unknown[], whole: unknown[]): number => part.length / whole.length;

function rates(file: string): { recall: number; falsePositive: number } {
  const all = rows(file);
  const [wants, not] = [all.filter((row) => row.wants_human), all.filter((row) => !row.wants_human)];
  const explicit = (row: Row): boolean => detectRequest(row.text).strength === 'explicit';
  const found = { recall: share(wants.filter(explicit), wants), falsePositive: share(not.filter(explicit), not) };
  console.info(`${file}: recall ${found.recall.toFixed(3)} of ${wants.length}, false positives ${found.falsePositive.toFixed(3)} of ${not.length}`);
  return found;
}

describe.skipIf(!existsSync(FOLDER))('on the development data (skipped where ../shared/data/detect is missing)', () => {
  test('requests in eighteen languages are found, and their look-alikes are not', () => {
    const { recall, falsePositive } = rates('human-request.multilingual.dev.jsonl');
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(falsePositive).toBeLessThanOrEqual(0.03);
  });

  test('requests of real bank customers are found', () => {
    const { recall, falsePositive } = rates('human-request.nlupp.dev.jsonl');
    expect(recall).toBeGreaterThanOrEqual(0.85);
    expect(falsePositive).toBeLessThanOrEqual(0.01);
  });

  test('questions of an assistant\'s users are hardly ever taken for requests or small talk', () => {
    const all = rows('oos.clinc150.dev.jsonl');
    const requests = all.filter((row) => detectRequest(row.text).strength === 'explicit');
    console.info(`clinc150: ${requests.length} of ${all.length} taken for requests, ${all.filter((row) => smallTalk(row.text)).length} for small talk`);
    expect(share(requests, all)).toBeLessThanOrEqual(0.002);
  });
});
