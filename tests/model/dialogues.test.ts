import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCast, play, readScenarios, type Played } from '../bench/detect/scenarios.ts';

const FILE = join(import.meta.dirname, '../bench/detect/scenarios.jsonl');

/** Own dialogues over five knowledge bases of one phrasing an entry; what the bot is worth on them, for .github/design/detection.md. */
test('in 181 dialogues no rule is broken, and the bot is no worse than it was', async () => {
  const cast = createCast();
  const all: Played[] = [];
  for (const { knowledge, dialogue } of readScenarios(FILE)) all.push(await play(dialogue, await cast(knowledge)));
  expect(all.length).toBeGreaterThanOrEqual(150);
  expect(all.flatMap(({ dialogue, violated }) => violated.map((what) => `${dialogue.id}: ${what}`))).toEqual([]);
  const turns = all.flatMap(({ dialogue, shown }) => dialogue.turns.map(({ expect: right }, at) => right.includes(shown[at] ?? 'none')));
  expect(turns.filter(Boolean).length / turns.length).toBeGreaterThanOrEqual(0.85);
  const content = all.filter(({ dialogue }) => !dialogue.needs_person && dialogue.turns.every(({ expect: right }) => !right.includes('offer') && !right.includes('escalate')));
  const disturbed = content.filter(({ shown }) => shown.includes('offer') || shown.includes('escalate'));
  expect(disturbed.length / content.length).toBeLessThanOrEqual(0.03);
});
