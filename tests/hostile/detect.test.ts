import { expect, test } from 'vitest';
import { detectRequest } from '#lib/detect/explicit-request.ts';
import { runFamily } from './family.ts';
import { detect } from './fuzz-detect.ts';
import { SEED } from './runs.ts';

/** A message costs milliseconds, twenty languages' worth of rules. */
const DETECT_RUNS = 2_000;

test('of 2,000 hostile messages none throws in a detector, and none keeps the companion longer than 50 ms', async () => {
  expect((await runFamily(detect(), DETECT_RUNS, SEED)).failures).toEqual([]);
}, 300_000);

test('a request is found wherever it stands in a long message, and half a word at a cut is none', () => {
  const story = 'My parcel came late and the box was torn, and inside of it the stove was bent. ';
  for (let at = 0; at < 40; at++) expect(detectRequest(`${story.repeat(at)}I want to talk to a person. ${story.repeat(40 - at)}`)).toMatchObject({ strength: 'explicit' });
  for (let at = 0; at < 420; at++) expect(detectRequest(`${'x'.repeat(at)}agent ${story.repeat(10)}`), String(at)).toMatchObject({ strength: 'none' });
});
