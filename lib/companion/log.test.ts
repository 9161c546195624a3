import { expect, test } from 'vitest';
import { BadEnvironmentError } from './config.ts';
import { safeError } from './log.ts';

const CANARY = 'PURPLE-GIRAFFE';
const kept = (error: unknown): string => JSON.stringify(safeError(error));
function failed(make: () => unknown): unknown {
  try { return make(); } catch (error) { return error; }
}

test.each<[string, unknown]>([
  ['a parser that quotes its input', failed(() => JSON.parse(`${CANARY} {`))],
  ['a message of several lines that looks like a stack', new Error(`first\n    at ${CANARY} (file:///a.ts:1:1)\n    at ${CANARY}`)],
  ['a cause', new Error('outside', { cause: new TypeError(CANARY) })],
  ['one of many', new AggregateError([new Error(CANARY)], CANARY)],
  ['a message that was changed after the stack was made', Object.assign(new Error(`x\n    at ${CANARY}`), { message: 'harmless' })],
  ['a message that was taken away after the stack was made', Object.assign(new Error(`x\n    at ${CANARY}`), { message: '' })],
  ['a database that names the value', Object.assign(new Error(`invalid input syntax for type json: ${CANARY}`), { code: '22P02', detail: `Token "${CANARY}" is invalid.`, where: CANARY })],
  ['a thrown string', CANARY],
  ['a name that was set from data', Object.assign(new Error('x'), { name: CANARY })],
])('the log keeps nothing of what %s says', (_, error) => {
  expect(kept(error)).not.toContain(CANARY);
});

test('the log keeps what finds the fault: class, code, frames; and the words of errors that are ours', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect', port: 5432 });
  expect(safeError(refused)).toMatchObject({ type: 'Error', code: 'ECONNREFUSED', syscall: 'connect', port: 5432 });
  expect(kept(refused)).toContain('log.test.ts');
  expect(safeError(new BadEnvironmentError('PORT is wrong'))).toMatchObject({ type: 'BadEnvironmentError', message: 'PORT is wrong' });
});
