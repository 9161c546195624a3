import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#lib/start/paths.ts';
import { FAILURES } from './failures.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test('there are at least twenty failures of others here', () => expect(FAILURES.length).toBeGreaterThanOrEqual(20));

test.each(FAILURES.map((one) => [one.failure, one] as const))('its guard is still there, and so is its test: %s', (_, { file, find, test: { file: held, name } }) => {
  expect(read(file).split(find).length - 1, `"${find}" in ${file}`).toBe(1);
  const tests = held.endsWith('embedded.test.ts') ? ['dedupe', 'feed', 'floor', 'list', 'people'].map((part) => read(`lib/companion/store/contract-${part}.ts`)).join('\n') : read(held);
  expect(tests.replaceAll("\\'", "'"), `"${name}" in ${held}`).toContain(name);
});
