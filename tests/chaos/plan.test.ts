import { expect, test } from 'vitest';
import { agentActs, EVEN, isKill, placeOf, PLACES, planFaults, visitorActs } from './plan.ts';
import { parseCsv } from './exported.ts';
import { spread } from './figures.ts';

const first = <T>(of: Generator<T>, count: number): T[] => Array.from({ length: count }, () => of.next().value as T);

test('the same seed gives the same faults and acts; another seed gives others', () => {
  expect(planFaults(7, 300)).toEqual(planFaults(7, 300));
  expect(planFaults(7, 300)).not.toEqual(planFaults(8, 300));
  expect(first(visitorActs(7, 1), 100)).toEqual(first(visitorActs(7, 1), 100));
  expect(first(visitorActs(7, 1), 100)).not.toEqual(first(visitorActs(7, 2), 100));
  expect(first(agentActs(7, 0), 100)).not.toEqual(first(agentActs(8, 0), 100));
});

test('a plan has as many kills as asked for, in every place, and weather beside them', () => {
  const plan = planFaults(1, 1_000, EVEN);
  expect(plan.filter(isKill)).toHaveLength(1_000);
  expect(plan.length).toBeGreaterThan(1_100);
  for (const place of PLACES) expect(plan.filter((one) => isKill(one) && placeOf(one) === place).length).toBeGreaterThan(200);
  expect(planFaults(1, 100, { ...EVEN, server: 0 }).some((one) => placeOf(one) === 'server')).toBe(false);
});

test('an export is read cell by cell, also with quotes and line ends in a cell', () => {
  expect(parseCsv('"a","b"\r\n"say ""hi""","two\r\nlines"\r\n')).toEqual([['a', 'b'], ['say "hi"', 'two\r\nlines']]);
});

test('figures of nothing are nothing', () => {
  expect(spread([])).toBeNull();
  expect(spread([3, 1, 2])).toEqual({ count: 3, p50: 2, p99: 3, max: 3 });
});
