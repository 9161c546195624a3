import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '#lib/base/time.ts';
import type { BotId, ConversationId, KnowledgeId, MessageId } from '#lib/protocol/ids.ts';
import { STORES } from './contract-stores.ts';
import { createWorld, done, refusal, secretOf, type World } from './contract-world.ts';
import type { Device } from './store.ts';

for (const [name, open] of Object.entries(STORES)) {
  describe(`the ${name} store`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let worlds = 0;
    const world = (): Promise<World> => createWorld(opened.store, `w${(worlds += 1)}`);
    beforeAll(async () => { opened = await open(); });
    afterAll(async () => { await opened.dispose(); });
    orderContract(world);
    idContract(world);
    lifeContract(world);
    changeContract(world);
    settingsContract(world);
    readContract(world);
    peopleContract(world);
  });
}

type Make = () => Promise<World>;

function orderContract(make: Make): void {
  test('seqs are dense and messages ordered however many write at once', async () => {
    const w = await make();
    const start = await w.store.head(w.workspaceId);
    const all = await Promise.all(Array.from({ length: 400 }, (_, i) => w.say(`v${i % 20}`, `line ${i}`)));
    const commits = all.map((one) => done(one).commit!).sort((a, b) => a.from - b.from);
    expect(commits[0]!.from).toBe(start);
    for (const [i, commit] of commits.entries()) expect(commit.from).toBe(i === 0 ? start : commits[i - 1]!.to);
    expect(await w.store.head(w.workspaceId)).toBe(commits.at(-1)!.to);
    const id = done(all[0]).conversation!.id;
    const messages = await w.store.messages(id, 0, 1_000);
    expect(messages.map((one) => one.index)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(messages.map((one) => (one.kind === 'said' ? one.text : ''))).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i * 20}`));
    expect((await w.store.conversation(id))!.messageSeq).toBe(messages.at(-1)!.seq);
    expect(await w.store.messages(id, 0, 3)).toEqual(messages.slice(-3));
  });

  test('of two agents who claim the same 500 conversations at once, each conversation has one winner and the loser hears who', async () => {
    const w = await make();
    const ids = await Promise.all(Array.from({ length: 500 }, (_, i) => w.started(`v${i}`)));
    const claims = await Promise.all(ids.flatMap((conversationId) => [w.sam, w.kim].sort(() => Math.random() - 0.5).map(async (actor) => ({ conversationId, actor, done: await w.member(actor, { type: 'conversation.claim', conversationId }) }))));
    for (const conversationId of ids) {
      const [winner, ...more] = claims.filter((one) => one.conversationId === conversationId && one.done.ok);
      const loser = claims.find((one) => one.conversationId === conversationId && !one.done.ok);
      expect(more).toEqual([]);
      expect(loser?.done).toMatchObject({ ok: false, refusal: { code: 'taken', by: winner!.actor.name } });
      expect((await w.store.conversation(conversationId))?.claim?.memberId).toBe(winner!.actor.id);
    }
  });

  test('a bot turn that comes after a claim is dropped', async () => {
    const w = await make();
    const id = await w.started('v');
    done(await w.member(w.sam, { type: 'conversation.claim', conversationId: id }));
    const head = await w.store.head(w.workspaceId);
    expect(refusal(await w.botTurn(id, 1, 'Too late'))).toBe('bot_has_floor');
    expect(await w.store.head(w.workspaceId)).toBe(head);
  });
}

function idContract(make: Make): void {
  test('the same message id is one message, sent again at once or later, and gives its row back', async () => {
    const w = await make();
    const [first, again] = (await Promise.all([w.say('v', 'Hello', `${w.workspaceId}-same`), w.say('v', 'Hello', `${w.workspaceId}-same`)])).map(done);
    const later = done(await w.say('v', 'Hello', `${w.workspaceId}-same`));
    expect(first!.commit).not.toBeNull();
    expect([again!.commit, later.commit]).toEqual([null, null]);
    expect([again!.message, later.message]).toEqual([first!.message, first!.message]);
    expect(await w.store.head(w.workspaceId)).toBe(first!.commit!.to);
    expect(refusal(await w.say('v', 'Other words', `${w.workspaceId}-same`))).toBe('id_reused');
    expect(refusal(await w.say('somebody else', 'Hello', `${w.workspaceId}-same`))).toBe('id_reused');
  });

  test('the same command id is done once; with another command it is refused', async () => {
    const w = await make();
    const conversationId = await w.started('v');
    const id = w.id();
    expect(done(await w.member(w.sam, { type: 'conversation.claim', conversationId }, id)).commit).not.toBeNull();
    done(await w.member(w.sam, { type: 'conversation.release', conversationId }));
    expect(done(await w.member(w.sam, { type: 'conversation.claim', conversationId }, id)).commit).toBeNull();
    expect((await w.store.conversation(conversationId))!.claim).toBeNull();
    expect(refusal(await w.member(w.sam, { type: 'conversation.resolve', conversationId }, id))).toBe('id_reused');
    const note = { type: 'note.add' as const, conversationId, text: 'Mind the gap' };
    expect(done(await w.member(w.sam, note, `${id}n`)).note).toEqual(done(await w.member(w.sam, note, `${id}n`)).note);
    expect(await w.store.notes(conversationId)).toHaveLength(2);
  });

  test('who knows a visitor but not the secret is refused, also with ids used before', async () => {
    const w = await make();
    const message = { type: 'visitor.message' as const, id: w.id() as MessageId, text: 'Hello' };
    done(await w.visitor('v', message));
    const id = w.id();
    done(await w.visitor('v', { type: 'visitor.escalate' }, id));
    for (const act of [message, { type: 'visitor.escalate' as const }]) expect(refusal(await w.visitor('v', act, id, w.botId, 'guessed'))).toBe('forbidden');
    expect(await w.store.visitorConversation(w.botId, w.visitorId('v'), 'guessed')).toBe('denied');
    const other = `${w.botId}2` as BotId;
    done(await w.settings(w.ada, { type: 'bot.add', botId: other, name: 'Other' }));
    expect(refusal(await w.visitor('v', message, id, other, 'guessed'))).toBe('id_reused');
    expect(refusal(await w.visitor('v', { type: 'visitor.escalate' }, id, other, 'guessed'))).toBe('handoff_off');
  });

  test('what changes nothing takes no seq', async () => {
    const w = await make();
    const conversationId = await w.started('v');
    const head = await w.store.head(w.workspaceId);
    expect(done(await w.visitor('v', { type: 'visitor.back' })).commit).toBeNull();
    expect(done(await w.visitor('never seen', { type: 'visitor.back' })).conversation).toBeNull();
    expect(done(await w.commit({ kind: 'conversation', conversationId, what: { by: 'member', actor: w.sam, act: { type: 'member.draft' } } })).commit).toBeNull();
    expect(await w.store.head(w.workspaceId)).toBe(head);
  });
}

function lifeContract(make: Make): void {
  test('a visitor whose conversation was archived gets a new one', async () => {
    const w = await make();
    const conversationId = await w.started('v');
    expect((await w.store.visitorConversation(w.botId, w.visitorId('v'), secretOf('v')) as { id: ConversationId }).id).toBe(conversationId);
    done(await w.member(w.sam, { type: 'conversation.resolve', conversationId }));
    done(await w.member(w.sam, { type: 'conversation.archive', conversationId }));
    expect(await w.store.visitorConversation(w.botId, w.visitorId('v'), secretOf('v'))).toBeNull();
    const next = await w.started('v', 'It is me again');
    expect(next).not.toBe(conversationId);
    expect((await w.store.messages(next, 0, 10)).map((one) => one.index)).toEqual([1]);
    expect((await w.store.conversation(conversationId))!.status).toBe('archived');
  });

  test('within 30 minutes of a resolve it comes back to the same agent, later to the bot', async () => {
    const w = await make();
    const conversationId = await w.started('v');
    done(await w.member(w.sam, { type: 'message.send', conversationId, text: 'Here', seen: 1, claim: true }));
    done(await w.member(w.sam, { type: 'conversation.resolve', conversationId }));
    w.now += 30 * MINUTE;
    expect(done(await w.say('v', 'One more thing')).conversation).toMatchObject({ status: 'escalated', floor: 'team', claim: { memberId: w.sam.id } });
    done(await w.member(w.sam, { type: 'conversation.resolve', conversationId }));
    w.now += 30 * MINUTE + 1;
    expect(done(await w.say('v', 'Hello again')).conversation).toMatchObject({ status: 'open', floor: 'bot', claim: null });
  });

  test('the queue has places, and the clock finds owed turns, idle claims and old resolved ones', async () => {
    const w = await make();
    const ids = [];
    for (const who of ['a', 'b', 'c', 'd']) ids.push(await w.started(who));
    for (const who of ['a', 'b', 'c']) done(await w.escalate(who));
    const places = await Promise.all(ids.slice(0, 3).map(async (id) => w.store.place(w.workspaceId, (await w.store.conversation(id)))));
    expect(places.sort()).toEqual([1, 2, 3]);
    done(await w.member(w.sam, { type: 'conversation.claim', conversationId: ids[0]! }));
    done(await w.member(w.sam, { type: 'conversation.resolve', conversationId: ids[1]! }));
    expect(await w.store.due(w.workspaceId, w.now)).toMatchObject({ owed: [{ id: ids[3] }], release: [], archive: [] });
    expect(await w.store.due(w.workspaceId, w.now + 5 * MINUTE)).toMatchObject({ release: [ids[0]], archive: [] });
    w.now += 30 * DAY;
    expect(await w.store.due(w.workspaceId, w.now)).toMatchObject({ archive: [ids[1]] });
    done(await w.clock(ids[0], { type: 'clock.release' }));
    done(await w.clock(ids[1], { type: 'clock.archive' }));
    expect(await w.store.due(w.workspaceId, w.now)).toMatchObject({ release: [], archive: [] });
  });
}

function changeContract(make: Make): void {
  test('a message that changes keeps its place and moves on in the order of changes, so that a resume finds it', async () => {
    const w = await make();
    const conversationId = await w.started('v');
    const said = done(await w.botTurn(conversationId, 1, 'An answer')).message!;
    done(await w.say('v', 'Hm'));
    const held = (await w.store.conversation(conversationId))!.messageSeq;
    const { commit } = done(await w.visitor('v', { type: 'visitor.feedback', messageId: said.id, value: 'up' }));
    const changed = { ...said, feedback: 'up', seq: held + 2 };
    expect(commit!.stream).toMatchObject({ from: held, to: changed.seq, messages: [changed] });
    expect(await w.store.messages(conversationId, held, 10)).toEqual([changed]);
  });
}

function settingsContract(make: Make): void {
  test('a new bot has the defaults of the product, and a stale save is refused unless forced', async () => {
    const w = await make();
    const botId = `${w.botId}-new` as BotId;
    done(await w.settings(w.ada, { type: 'bot.add', botId, name: 'Newt' }));
    const bot = (await w.store.bot(botId))!;
    expect(bot).toMatchObject({ handoff: { enabled: false, mode: 'both', agentLabel: 'Support Agent' }, availability: { on: false }, sites: [] });
    const save = { type: 'bot.save' as const, botId, baseSeq: bot.seq, settings: { name: 'Newt', greeting: 'Yo', sites: [], handoff: bot.handoff } };
    done(await w.settings(w.ada, save));
    expect(refusal(await w.settings(w.ada, save))).toBe('stale');
    expect(refusal(await w.settings(w.ada, { ...save, force: true }))).toBe('done');
  });

  test('roles are kept, the last admin stays, and availability says who and when', async () => {
    const w = await make();
    expect(refusal(await w.settings(w.sam, { type: 'bot.add', botId: 'x' as BotId, name: 'No' }))).toBe('forbidden');
    expect(refusal(await w.settings(w.ada, { type: 'member.revoke', memberId: w.ada.id }))).toBe('last_admin');
    expect(refusal(await w.settings(w.ada, { type: 'member.role', memberId: w.ada.id, role: 'lead' }))).toBe('last_admin');
    w.now += 1;
    done(await w.settings(w.sam, { type: 'availability.set', botIds: null, on: false }));
    expect((await w.store.bot(w.botId))!.availability).toEqual({ on: false, by: { id: w.sam.id, name: 'Sam' }, at: w.now });
    const { seq: _, id: __, ...settings } = await w.store.workspace(w.workspaceId);
    done(await w.settings(w.ada, { type: 'workspace.save', settings: { ...settings, agentsMaySwitch: false } }));
    expect(refusal(await w.settings(w.sam, { type: 'availability.set', botIds: null, on: true }))).toBe('forbidden');
  });
}

function readContract(make: Make): void {
  test('the list filters, finds by name, e-mail and words, and its pages neither lose nor double rows of equal time', async () => {
    const w = await make();
    await Promise.all(Array.from({ length: 30 }, (_, i) => w.started(`v${i}`, `Question ${i}`)));
    w.now += 1;
    const ids = await Promise.all(Array.from({ length: 30 }, (_, i) => w.started(`u${i}`, `Sorry ${i}`)));
    done(await w.say('u7', 'Where is my ÄRMEL?'));
    done(await w.visitor('u8', { type: 'visitor.email', email: 'Kay@shop.example' }));
    const list = (query: object) => w.store.list(w.workspaceId, { limit: 50, ...query });
    expect((await list({ text: 'ärmel' })).conversations.map((one) => one.id)).toEqual([ids[7]]);
    expect((await list({ text: 'kay@' })).conversations.map((one) => one.id)).toEqual([ids[8]]);
    expect((await list({ status: 'resolved' })).conversations).toEqual([]);
    expect((await list({ channel: 'playground' })).conversations).toEqual([]);
    const first = await list({ limit: 10 });
    const second = await list({ limit: 50, before: first.conversations.at(-1)!.lastAt });
    expect(first.more).toBe(true);
    expect(second.more).toBe(false);
    expect(new Set([...first.conversations, ...second.conversations].map((one) => one.id)).size).toBe(60);
    expect(first.conversations.length + second.conversations.length).toBe(60);
  });

  test('knowledge is kept per bot and removed by id', async () => {
    const w = await make();
    const entry = (id: string) => ({ id: `${w.workspaceId}${id}` as KnowledgeId, botId: w.botId, kind: 'faq' as const, title: id, text: 'Text', file: null, at: w.now });
    await w.store.addKnowledge([entry('a'), entry('b')]);
    expect(await w.store.knowledge(w.botId)).toEqual([entry('a'), entry('b')]);
    expect(await w.store.removeKnowledge(w.botId, entry('a').id)).toBe(true);
    expect(await w.store.removeKnowledge('other', entry('b').id)).toBe(false);
    expect(await w.store.knowledge(w.botId)).toEqual([entry('b')]);
  });
}

function peopleContract(make: Make): void {
  test('a pairing code is taken once, also by two at once, and says why not', async () => {
    const w = await make();
    const code = w.id();
    expect(await w.store.takePairingCode(code, w.now)).toBe('unknown');
    await w.store.addPairingCode(code, w.sam.id, w.now + MINUTE);
    expect(await w.store.takePairingCode(code, w.now + MINUTE)).toBe('expired');
    const taken = await Promise.all([w.store.takePairingCode(code, w.now), w.store.takePairingCode(code, w.now)]);
    expect(taken.filter((one) => one === 'used')).toHaveLength(1);
    expect(taken.find((one) => one !== 'used')).toMatchObject({ id: w.sam.id });
    await w.store.addPairingCode(`${code}b`, w.kim.id, w.now + MINUTE);
    done(await w.settings(w.ada, { type: 'member.revoke', memberId: w.kim.id }));
    expect(await w.store.takePairingCode(`${code}b`, w.now)).toBe('revoked');
  });

  test('a device is found by its token and the one before, until revoked ones say so', async () => {
    const w = await make();
    const [one, two, three] = [w.id(), w.id(), w.id()];
    const device: Device = { id: w.id(), memberId: w.sam.id, tokenHash: one, previousHash: null, rotatedAt: w.now, origin: 'chrome-extension://x', revokedAt: null };
    await w.store.saveDevice(device);
    const rotated = { ...device, tokenHash: two, previousHash: one };
    await w.store.saveDevice(rotated);
    for (const hash of [one, two]) expect(await w.store.deviceByHash(hash)).toMatchObject({ device: rotated, member: { id: w.sam.id } });
    expect(await w.store.deviceByHash(three)).toBeNull();
    await w.store.revokeDevices(w.sam.id, w.now);
    expect((await w.store.deviceByHash(two))!.device.revokedAt).toBe(w.now);
  });
}
