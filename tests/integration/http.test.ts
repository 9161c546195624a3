import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConversationPage } from '#lib/protocol/http.ts';
import { KnowledgeAdded, KnowledgeList } from '#lib/protocol/knowledge.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { connectRole, connectVisitor, type AgentClient } from '../support/socket-client.ts';

let companion: TestCompanion;
let admin: AgentClient;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  admin = await connectRole(companion, 'admin');
});
afterAll(() => companion?.close());
const call = (path: string, method = 'GET', body?: unknown) => fetch(companion.url + path, {
  method, headers: { authorization: `Bearer ${admin.device.token}`, origin: admin.device.origin, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const list = async (query: string) => ConversationPage.parse(await (await call(`/api/conversations?${query}`)).json());

test('conversations are listed page by page without a gap, and filtered by status, bot, channel and text', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.say('Do you sell zeppelins?');
  const { id } = await admin.conversation(visitor);
  const all = (await list('')).conversations.map((one) => one.id);
  expect(all).toContain(id);
  expect(all.length).toBeGreaterThanOrEqual(4);
  const paged: string[] = [];
  for (let query = 'limit=1', more = true; more;) {
    const page = await list(query);
    paged.push(...page.conversations.map((one) => one.id));
    more = page.more;
    query = `limit=1&before=${page.conversations.at(-1)?.lastAt}`;
  }
  expect(paged.toSorted()).toEqual(all.toSorted());
  expect((await list('status=open')).conversations.map((one) => one.id)).toEqual([id]);
  expect((await list('text=zeppelins')).conversations.map((one) => one.id)).toEqual([id]);
  expect((await list('channel=playground')).conversations).toEqual([]);
  expect((await list('botId=other')).conversations).toEqual([]);
  expect((await call('/api/conversations?status=nonsense')).status).toBe(400);
});

test('the export holds every conversation as CSV, and a visitor’s formula stays text', async () => {
  const visitor = await connectVisitor(companion.url);
  await visitor.say('=HYPERLINK("http://evil.example","x")');
  const response = await call('/api/conversations.csv');
  expect(response.headers.get('content-type')).toContain('text/csv');
  const text = await response.text();
  expect(text).toContain('"conversation","status","bot","channel"');
  for (const { id } of (await list('limit=200')).conversations) expect(text).toContain(id);
  expect(text).toContain('HYPERLINK');
  expect(text).not.toMatch(/(?:^|,)"?=HYPERLINK/m);
});

test('knowledge that is sent again is there once; the same question gets the new answer, and a file takes the place of the one of its name', async () => {
  const path = '/api/bots/pinewood/knowledge';
  const file = (text: string) => ({ name: 'rental.csv', base64: Buffer.from(text).toString('base64') });
  const held = async () => KnowledgeList.parse(await (await call(path)).json()).entries.filter(({ title }) => title.startsWith('Do you lend')).map(({ id, title, text, phrasings }) => ({ id, title, text, phrasings }));
  const add = async (answer: string, table: string) => KnowledgeAdded.parse(await (await call(path, 'POST', { faq: [{ question: 'Do you lend skis?', answer }], files: [file(table)] })).json());
  const first = await add('Yes.', 'Question;Answer;Also asked\nDo you lend sleds?;No.;rent a sledge|hire sleds\nDo you lend boots?;"In winter;\nin pairs."');
  expect(await held()).toHaveLength(3);
  expect((await held()).find(({ title }) => title.includes('sleds'))).toMatchObject({ text: 'No.', phrasings: ['rent a sledge', 'hire sleds'] });
  expect((await add('Yes.', 'Question;Answer;Also asked\nDo you lend sleds?;No.;rent a sledge|hire sleds\nDo you lend boots?;"In winter;\nin pairs."')).removed).toBe(0);
  expect(await held()).toHaveLength(3);
  const next = await add('Not any more.', 'Question;Answer\nDo you lend sleds?;From January.\nDo you lend poles?;Yes.');
  expect(next.removed).toBe(1);
  expect((await held()).map(({ title, text }) => `${title} ${text}`).sort()).toEqual(['Do you lend poles? Yes.', 'Do you lend skis? Not any more.', 'Do you lend sleds? From January.']);
  const idOf = (of: typeof first, title: string): string | undefined => [...of.added, ...of.changed].find((one) => one.title === title)?.id;
  expect(idOf(next, 'Do you lend sleds?')).toBe(idOf(first, 'Do you lend sleds?'));
});

test('knowledge: a bad file is refused by name and the rest is kept; what is added answers at once, what is removed no more', async () => {
  const file = (name: string, text: string) => ({ name, base64: Buffer.from(text).toString('base64') });
  const path = '/api/bots/pinewood/knowledge';
  const before = KnowledgeList.parse(await (await call(path)).json()).entries.length;
  const done = KnowledgeAdded.parse(await (await call(path, 'POST', {
    faq: [{ question: 'Do you rent out kayaks?', answer: 'Yes, kayaks can be rented at the lake shop.' }],
    files: [file('gear.md', '# Snowshoes\n\nSnowshoes are in stock from November.'), file('photo.exe', 'MZ\u0000\u0001'), { name: 'cut.md', base64: 'abc' }],
  })).json());
  expect(done.refused.map((one) => one.name)).toEqual(['photo.exe', 'cut.md']);
  expect(done.added.map((one) => one.file)).toEqual([null, 'gear.md']);
  expect(KnowledgeList.parse(await (await call(path)).json()).entries).toHaveLength(before + 2);
  const visitor = await connectVisitor(companion.url);
  await visitor.ask('Do you rent out kayaks?');
  expect(visitor.lines().at(-1)).toMatchObject({ kind: 'said', text: expect.stringContaining('lake shop') });
  const added = done.added[0]!;
  expect((await call(`${path}/${added.id}`, 'DELETE')).status).toBe(204);
  expect((await call(`${path}/${added.id}`, 'DELETE')).status).toBe(404);
  const other = await connectVisitor(companion.url);
  await other.ask('Do you rent out kayaks?');
  expect(other.lines().at(-1)).not.toMatchObject({ text: expect.stringContaining('lake shop') });
  expect((await call('/api/bots/other/knowledge')).status).toBe(404);
  expect((await call(path, 'POST', { faq: 'nonsense' })).status).toBe(400);
});
