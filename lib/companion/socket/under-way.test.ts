import { expect, test } from 'vitest';
import { createUnderWay } from './under-way.ts';

test('the end waits for what is under way, and says so meanwhile', async () => {
  const underWay = createUnderWay();
  const heard: string[] = [];
  let finish = (): void => undefined;
  const work = underWay.run(() => new Promise((resolve) => { finish = resolve; })).then(() => heard.push('answered'));
  expect(underWay.isEnding()).toBe(false);
  const end = underWay.end(60_000).then(() => heard.push('ended'));
  expect(underWay.isEnding()).toBe(true);
  finish();
  await Promise.all([work, end]);
  expect(heard.toSorted()).toEqual(['answered', 'ended']);
});

test('the end comes at once when nothing is under way, and in time when something never ends', async () => {
  const idle = createUnderWay();
  await idle.end(60_000);
  const stuck = createUnderWay();
  void stuck.run(() => new Promise<void>(() => undefined));
  await stuck.end(20);
  expect(stuck.isEnding()).toBe(true);
});

test('work that fails still counts as ended, and tells whoever asked for it', async () => {
  const underWay = createUnderWay();
  await expect(underWay.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await underWay.end(60_000);
});
