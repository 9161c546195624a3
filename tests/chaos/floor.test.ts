import { expect, test } from 'vitest';
import { interleaveFloor } from './floor.ts';
import { flawless } from './judge.ts';

const SEED = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));

test('150 interleavings of a slow bot, visitors and two agents on a real companion: silent on the team’s floor, somebody responsible, and it answers again', { timeout: 60_000 }, async () => {
  const { interleavings, botMessages, irresponsible, silent, verdict } = await interleaveFloor(150, SEED);
  console.info(`floor: seed ${SEED}, ${interleavings} interleavings, ${botMessages} messages of the bot`);
  expect({ irresponsible, silent, verdict }).toEqual({ irresponsible: [], silent: [], verdict: flawless() });
  expect(interleavings).toBe(150);
  expect(botMessages).toBeGreaterThan(150);
});
