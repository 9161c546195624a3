import { expect, test } from 'vitest';
import { BadWords, parseAsked } from './asked.ts';

test.each([
  [['backup'], 'A file is missing: backup FILE'], [['restore'], 'A file is missing: restore FILE'], [['restore', 'a', 'b'], 'Too many words: "b"'],
  [['move'], '--to is missing'], [['move', '--to', 'mysql://x'], '--to is missing'], [['restore', 'a', '--force'], '--force belongs to "backup" alone'],
  [['member', 'list', '--to', 'x'], '--to belongs to "move" alone'], [['member', 'list', '--role', 'lead'], '--role belongs to "member add" alone'],
  [['member', 'add', 'Sam'], '--role is missing'], [['member', 'add', 'Sam', '--role', 'boss'], 'Unknown role "boss"'], [['member', 'code'], 'A name is missing'],
  [['member', 'list', 'Sam'], 'Too many words: "Sam"'], [['backups'], 'Unknown word "backups"'], [['--colour'], "'--colour'"], [['new-epoch', 'now'], 'Too many words'],
])('%j is refused in words', (args, words) => {
  expect(() => parseAsked(args)).toThrow(BadWords);
  expect(() => parseAsked(args)).toThrow(words);
});

test('what is understood', () => {
  expect(parseAsked([]).asked).toEqual({ noun: 'help' });
  expect(parseAsked(['backup', 'f', '--force', '--data', 'd'])).toEqual({ asked: { noun: 'backup', file: 'f', force: true }, data: 'd' });
  expect(parseAsked(['restore', 'f']).asked).toEqual({ noun: 'restore', file: 'f' });
  expect(parseAsked(['move', '--to', 'postgresql://u@h/d']).asked).toEqual({ noun: 'move', to: 'postgresql://u@h/d' });
  expect(parseAsked(['member', 'add', 'Sam', '--role', 'lead']).asked).toEqual({ noun: 'member', request: { do: 'add', name: 'Sam', role: 'lead' } });
});
