import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import { KnowledgeAdded, KnowledgeKept, KnowledgeList, UnansweredList, type KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import { ROLES, type Role } from '#lib/protocol/settings.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { connectRole, connectVisitor, type AgentClient } from '../support/socket-client.ts';

let companion: TestCompanion;
const of = {} as Record<Role, AgentClient>;
beforeAll(async () => {
  companion = await startTestCompanion({ DEMO: '1', RATE_LIMITS: 'off' });
  for (const role of ROLES) of[role] = await connectRole(companion, role);
});
afterAll(() => companion?.close());

const PATH = '/api/bots/pinewood/knowledge';
const call = (role: Role, path: string, method = 'GET', body?: unknown): Promise<Response> => fetch(companion.url + path, {
  method, headers: { authorization: `Bearer ${of[role].device.token}`, origin: of[role].device.origin, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
});
const held = async (): Promise<KnowledgeEntry[]> => KnowledgeList.parse(await (await call('agent', PATH)).json()).entries;
const find = async (title: string): Promise<KnowledgeEntry> => must((await held()).find((one) => one.title === title), title);
const add = async (body: object): Promise<KnowledgeAdded> => KnowledgeAdded.parse(await (await call('admin', PATH, 'POST', body)).json());
const refusalOf = async (response: Response): Promise<[number, string]> => [response.status, ((await response.json()) as { code: string }).code];
const file = (name: string, content: string | Buffer) => ({ name, base64: Buffer.from(content).toString('base64') });
const answerTo = async (question: string): Promise<string> => {
  const visitor = await connectVisitor(companion.url);
  await visitor.ask(question);
  const last = visitor.lines().at(-1);
  await visitor.close();
  return last?.kind === 'said' ? last.text : '';
};

test('of two admins who edit the same entry the slower one is told, and nothing of theirs is written; other ways to ask are answered at once', async () => {
  await add({ faq: [{ question: 'Do you lend hammocks?', answer: 'At the lake hut.' }] });
  const entry = await find('Do you lend hammocks?');
  const edit = (text: string, phrasings: string[] = []) => call('admin', `${PATH}/${entry.id}`, 'PUT', { title: entry.title, text, phrasings, at: entry.at });
  const kept = KnowledgeKept.parse(await (await edit('At the river hut.', ['rent a hanging bed', 'Do you lend HAMMOCKS?', 'rent a hanging bed'])).json()).entry;
  expect(kept).toMatchObject({ id: entry.id, text: 'At the river hut.', phrasings: ['rent a hanging bed'] });
  expect(kept.at).toBeGreaterThan(entry.at);
  expect(await refusalOf(await edit('Nowhere.'))).toEqual([409, 'stale']);
  expect((await find(entry.title)).text).toBe('At the river hut.');
  expect(await answerTo('can I rent a hanging bed')).toContain('river hut');
  expect(await refusalOf(await call('admin', `${PATH}/none`, 'PUT', { title: 'x', text: 'x', phrasings: [], at: 0 }))).toEqual([404, 'not_found']);
  await add({ faq: [{ question: 'Do you lend tarps?', answer: 'No.' }] });
  const other = await find('Do you lend tarps?');
  expect(await refusalOf(await call('admin', `${PATH}/${other.id}`, 'PUT', { title: 'do you lend hammocks?', text: 'x', phrasings: [], at: other.at }))).toEqual([409, 'taken']);
});

test('many who add, edit and import at once lose nothing of each other', async () => {
  const before = (await held()).length;
  await Promise.all(Array.from({ length: 6 }, (_, n) => add(n % 2 ? { faq: [{ question: `Concurrent ${n}?`, answer: 'x' }] } : { files: [file(`concurrent-${n}.csv`, `q,a\nConcurrent ${n}?,x\n`)] })));
  expect((await held()).length).toBe(before + 6);
});

test('a proposal is nothing the bot says until a lead accepts it, as the lead words it; leads reject proposals but delete nothing that is live', async () => {
  const visitor = await connectVisitor(companion.url);
  const question = 'Can walruses be adopted by post?';
  await visitor.ask(question);
  const { id: conversationId } = await of.agent.conversation(visitor);
  const propose = (role: Role, answer: string) => call(role, `${PATH}/proposals`, 'POST', { question, answer, conversationId });
  await propose('agent', 'Yes, by letter.');
  expect((await propose('agent', 'Yes, by registered letter.')).status).toBe(200);
  const proposals = (await held()).filter(({ proposed }) => proposed);
  expect(proposals).toMatchObject([{ title: question, text: 'Yes, by registered letter.', proposed: { conversationId } }]);
  const [proposal] = proposals;
  expect(await answerTo(question)).not.toContain('registered');
  const accept = (role: Role, at = proposal!.at) => call(role, `${PATH}/${proposal!.id}/accept`, 'POST', { title: question, text: 'Yes, by registered letter to Bergen.', phrasings: ['adopt a walrus'], at });
  expect((await accept('agent')).status).toBe(403);
  expect(await refusalOf(await accept('lead', 1))).toEqual([409, 'stale']);
  expect((await accept('lead')).status).toBe(200);
  expect(await refusalOf(await accept('lead'))).toEqual([404, 'not_found']);
  expect(await answerTo(question)).toContain('registered letter to Bergen');
  const live = await find(question);
  expect(live).toMatchObject({ phrasings: ['adopt a walrus'] });
  expect(live.proposed).toBeUndefined();
  // Proposed and accepted again, it takes the place of the one that is there.
  await propose('agent', 'Not any more.');
  const second = must((await held()).find(({ proposed }) => proposed), 'proposal');
  await call('lead', `${PATH}/${second.id}/accept`, 'POST', { title: question, text: 'Not any more.', phrasings: [], at: second.at });
  expect((await held()).filter(({ title }) => title === question)).toMatchObject([{ id: live.id, text: 'Not any more.', phrasings: ['adopt a walrus'] }]);
  expect(await refusalOf(await call('lead', `${PATH}/${live.id}`, 'DELETE'))).toEqual([403, 'forbidden']);
  await propose('agent', 'Rejected.');
  const third = must((await held()).find(({ proposed }) => proposed), 'proposal');
  expect((await call('lead', `${PATH}/${third.id}`, 'DELETE')).status).toBe(204);
  expect(await refusalOf(await call('agent', `${PATH}/proposals`, 'POST', { question, answer: 'x', conversationId: 'none' }))).toEqual([404, 'not_found']);
});

test('questions nobody could answer: the same in other words once, newest first, with where; taught, it goes, and missed again it comes back', async () => {
  const list = async () => UnansweredList.parse(await (await call('agent', '/api/bots/pinewood/unanswered')).json()).questions.filter(({ question }) => /submarine|zeppelin/i.test(question));
  const ids: string[] = [];
  for (const question of ['Where do I register a yellow submarine?', 'Is there a zeppelin mooring mast in Oslo?', 'Must a yellow submarine be registered?']) {
    const visitor = await connectVisitor(companion.url);
    await visitor.ask(question);
    ids.push((await of.agent.conversation(visitor)).id);
  }
  expect(await list()).toMatchObject([
    { question: 'Must a yellow submarine be registered?', wordings: ['Where do I register a yellow submarine?'], count: 2, conversationIds: [ids[2], ids[0]] },
    { question: 'Is there a zeppelin mooring mast in Oslo?', wordings: [], count: 1, conversationIds: [ids[1]] },
  ]);
  await add({ faq: [{ question: 'Registering submarines', answer: 'At the harbour office.', phrasings: ['Must a yellow submarine be registered?'] }] });
  expect((await list()).map(({ count }) => count)).toEqual([1]);
  expect(await (await call('agent', `${PATH}/learning`)).json()).toEqual({ learning: false });
});

const lag = async (): Promise<number> => 1_000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(await (await fetch(`${companion.url}/metrics`)).text())?.[1]);

test('whatever is added, the companion goes on: no gap of its event loop reaches 50 ms, and each file is answered by name', async () => {
  const table = (rows: number, width: number) => `question,answer\n${Array.from({ length: rows }, (_, n) => `How does part ${n} work?,${`It ${'works well '.repeat(width)}`.slice(0, width)}`).join('\n')}\n`;
  const bodies: [string, string, (answer: KnowledgeAdded) => void][] = ([
    ['10 MB', [file('large.csv', table(60_000, 150).padEnd(10 * 1024 * 1024, '\n'))], (answer: KnowledgeAdded) => expect(answer.refused).toMatchObject([{ name: 'large.csv', reason: 'large.csv is too large: 10.2 MB, the limit is 2 MB' }])],
    ['2 MB of rows', [file('many.csv', table(60_000, 5))], (answer: KnowledgeAdded) => expect(answer.refused).toMatchObject([{ name: 'many.csv', reason: expect.stringContaining('60,000 entries; a bot can have 5,000') }])],
    ['2 MB of pages', [file('page.html', '<h2>Part &amp; parcel</h2><p>Of <b>it</b></p>'.repeat(40_000)), file('deep.html', '<div>'.repeat(300_000))], (answer: KnowledgeAdded) => expect(answer.refused.map(({ name }) => name)).toEqual(['page.html', 'deep.html'])],
    ['a full base', [file('full.csv', table(2_000, 600))], (answer: KnowledgeAdded) => expect(answer.files).toMatchObject([{ name: 'full.csv', added: 2_000 }])],
    ...[604, 605, 606, 607].map((width) => ['the same again, changed', [file('full.csv', table(2_000, width))], (answer: KnowledgeAdded) => expect(answer.files).toMatchObject([{ name: 'full.csv', changed: 2_000 }])] as const),
    ['gone', [file('full.csv', 'q,a\nx,y\n'), file('pic.csv', Buffer.from([0x89, 0x50, 0, 1])), file('wide.csv', Buffer.from('\uFEFFq,a\nشحن؟,نعم 🚚\n', 'utf16le')), file('latin.txt', Buffer.from([0x63, 0xe9])), file('empty.md', '')], (answer: KnowledgeAdded) => {
      expect(answer.files).toMatchObject([{ name: 'full.csv', removed: 2_000 }, { name: 'wide.csv', added: 1 }]);
      expect(answer.refused.map(({ reason }) => reason)).toEqual(['pic.csv is not text', expect.stringContaining('latin.txt is not in UTF-8'), 'empty.md is empty']);
    }],
  ] as const).map(([what, files, judge]) => [what, JSON.stringify({ files }), judge]);
  // The least of several: what our own code takes, it takes each time; what other threads and programs take, now and then.
  const least = new Map<string, number>();
  // What is refused may be sent again.
  for (const [what, body, judge] of [...bodies.slice(0, 3), ...bodies.slice(0, 3), ...bodies]) {
    await lag();
    judge(KnowledgeAdded.parse(await (await call('admin', PATH, 'POST', body)).json()));
    const gap = await lag();
    const kind = /base|same/.test(what) ? 'a full base, new or changed' : what;
    least.set(kind, Math.min(gap, least.get(kind) ?? Infinity));
  }
  for (const [what, gap] of least) expect.soft(gap, what).toBeLessThan(50);
  console.info(`longest gaps: ${[...least].map(([what, gap]) => `${what}: ${gap.toFixed(0)} ms`).join(', ')}`);
}, 120_000);
