import { expect, test } from 'vitest';
import { isSameCompanion, readInvitation } from './invitation.ts';

test('the fragment is read whole or not at all', () => {
  expect(readInvitation('#server=http%3A%2F%2F127.0.0.1%3A8787&code=ABCD-1234')).toEqual({ server: 'http://127.0.0.1:8787', code: 'ABCD-1234' });
  expect(readInvitation('#server=http://127.0.0.1:8787')).toBeNull();
  expect(readInvitation('')).toBeNull();
  for (const server of ['javascript:alert(1)//x', 'data:text/html,x', 'file:///etc', '//x']) expect(readInvitation(`#server=${encodeURIComponent(server)}&code=ABCD-1234`)).toBeNull();
});
test('a slash at the end is the same companion, another port is not', () => {
  expect(isSameCompanion('http://127.0.0.1:8787', 'http://127.0.0.1:8787/')).toBe(true);
  expect(isSameCompanion('http://127.0.0.1:8787', 'http://127.0.0.1:8788')).toBe(false);
});
