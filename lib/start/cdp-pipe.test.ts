import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createCdpPipe } from './cdp-pipe.ts';

test('answers find their question, also cut in pieces and beside events', async () => {
  const from = new PassThrough();
  const cdp = createCdpPipe(new PassThrough(), from);
  const [first, second] = [cdp.send('A'), cdp.send('B')];
  from.write('{"method":"Some.event"}\0{"id":2,"resu');
  from.write('lt":{"x":2}}\0{"id":1,"error":{"message":"no such thing"}}\0');
  await expect(second).resolves.toEqual({ x: 2 });
  await expect(first).rejects.toThrow('A: no such thing');
});

test('a browser that never answers is given up, by the name of the call', async () => {
  await expect(createCdpPipe(new PassThrough(), new PassThrough()).send('Extensions.loadUnpacked', {}, 20)).rejects.toThrow('Extensions.loadUnpacked: no answer within 20 ms');
});
