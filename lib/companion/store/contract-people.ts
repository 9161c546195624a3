import { expect, test } from 'vitest';
import { MINUTE } from '#lib/base/time.ts';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { BotId, MemberId } from '#lib/protocol/ids.ts';
import { conversationOf, done, refusal, type World } from './contract-world.ts';
import type { Device } from './store.ts';

type NewWorld = () => Promise<World>;

const device = (world: World, more: Partial<Device> = {}): Device => ({
  id: uuid(), memberId: world.sam.id, tokenHash: uuid(), previousHash: null, rotatedAt: world.at, origin: 'chrome-extension://x', revokedAt: null, ...more,
});

/** Pairing codes and devices. */
export function devicesContract(newWorld: NewWorld): void {
  test('a pairing code is good once, until it expires, and not for a revoked member', async () => {
    const world = await newWorld();
    const [good, late, gone] = [uuid(), uuid(), uuid()];
    await world.store.addPairingCode(good, world.sam.id, world.at + MINUTE);
    await world.store.addPairingCode(late, world.sam.id, world.at + MINUTE);
    await world.store.addPairingCode(gone, world.mia.id, world.at + MINUTE);
    const answers = await Promise.all([1, 2, 3].map(() => world.store.takePairingCode(good, world.at)));
    expect(answers.filter((one) => one === 'used')).toHaveLength(2);
    expect(answers.find((one) => typeof one === 'object')).toMatchObject({ id: world.sam.id, name: 'Sam', role: 'agent' });
    expect(await world.store.takePairingCode(late, world.at + MINUTE)).toBe('expired');
    expect(await world.store.takePairingCode(uuid(), world.at)).toBe('unknown');
    done(await world.manage(world.admin, { type: 'member.revoke', memberId: world.mia.id }));
    expect(await world.store.takePairingCode(gone, world.at)).toBe('revoked');
    await world.under.reopen();
    expect(await world.store.takePairingCode(good, world.at)).toBe('used');
  });

  test('a device is found by its token and the one before, no longer by an older one', async () => {
    const world = await newWorld();
    const one = device(world);
    await world.store.saveDevice(one);
    expect(await world.store.deviceByHash(one.tokenHash)).toMatchObject({ device: one, member: { id: world.sam.id } });
    const two = { ...one, tokenHash: uuid(), previousHash: one.tokenHash };
    await world.store.saveDevice(two);
    expect((await world.store.deviceByHash(one.tokenHash))?.device).toEqual(two);
    expect((await world.store.deviceByHash(two.tokenHash))?.device).toEqual(two);
    await world.store.saveDevice({ ...two, tokenHash: uuid(), previousHash: two.tokenHash });
    expect(await world.store.deviceByHash(one.tokenHash)).toBeNull();
    expect(await world.store.deviceByHash(uuid())).toBeNull();
  });

  test('revoking marks every device of the member, and of nobody else, at its first time', async () => {
    const world = await newWorld();
    const [a, b, other] = [device(world), device(world), device(world, { memberId: world.mia.id })];
    for (const one of [a, b, other]) await world.store.saveDevice(one);
    await world.store.revokeDevices(world.sam.id, 5);
    await world.store.revokeDevices(world.sam.id, 9);
    const revokedAt = async ({ tokenHash }: Device): Promise<number | null | undefined> => (await world.store.deviceByHash(tokenHash))?.device.revokedAt;
    expect([await revokedAt(a), await revokedAt(b), await revokedAt(other)]).toEqual([5, 5, null]);
  });
}

/** Settings, availability, people and what roles may do. */
export function settingsContract(newWorld: NewWorld): void {
  test('availability says who switched it and when, and switching it where it stands changes nothing', async () => {
    const world = await newWorld();
    world.at += MINUTE;
    expect(done(await world.manage(world.lead, { type: 'availability.set', botIds: [world.botId], on: false })).commit?.rows).toMatchObject([{ kind: 'bot' }]);
    const off = { on: false, by: { id: world.lead.id, name: 'Lea' }, at: world.at };
    expect((await world.store.bot(world.botId))?.availability).toEqual(off);
    world.at += MINUTE;
    expect(done(await world.manage(world.sam, { type: 'availability.set', botIds: null, on: false })).commit).toBeNull();
    expect((await world.store.bot(world.botId))?.availability).toEqual(off);
    expect(refusal(await world.manage(world.sam, { type: 'availability.set', botIds: [BotId.parse('nobody')], on: true }))).toBe('not_found');
  });

  test('agents switch availability only while the admin lets them; leads always', async () => {
    const world = await newWorld();
    done(await world.manage(world.sam, { type: 'availability.set', botIds: null, on: false }));
    done(await world.manage(world.admin, { type: 'workspace.save', settings: { ...await world.store.workspace(world.ws), agentsMaySwitch: false } }));
    expect(refusal(await world.manage(world.sam, { type: 'availability.set', botIds: null, on: true }))).toBe('forbidden');
    done(await world.manage(world.lead, { type: 'availability.set', botIds: null, on: true }));
  });

  test('a save on an old state of the bot is refused as stale unless forced', async () => {
    const world = await newWorld();
    const { seq: baseSeq, greeting, sites, handoff } = must(await world.store.bot(world.botId), 'bot');
    const save = (name: string, force?: boolean) => world.manage(world.admin, { type: 'bot.save', botId: world.botId, baseSeq, settings: { name, greeting, sites, handoff }, ...(force ? { force } : {}) });
    const both = await Promise.all([save('First'), save('Second')]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(refusal(both[1])).toBe('stale');
    expect((await world.store.bot(world.botId))?.name).toBe('First');
    done(await save('Third', true));
    expect((await world.store.bots(world.ws)).map(({ name }) => name)).toEqual(['Third']);
  });

  test('the last admin stays admin; with a second one the first may go', async () => {
    const world = await newWorld();
    const { admin, lead } = world;
    expect(refusal(await world.manage(admin, { type: 'member.role', memberId: admin.id, role: 'agent' }))).toBe('last_admin');
    expect(refusal(await world.manage(admin, { type: 'member.revoke', memberId: admin.id }))).toBe('last_admin');
    done(await world.manage(admin, { type: 'member.role', memberId: lead.id, role: 'admin' }));
    const both = await Promise.all([world.manage(admin, { type: 'member.revoke', memberId: admin.id }), world.manage(admin, { type: 'member.revoke', memberId: lead.id })]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect((await world.store.members(world.ws)).filter(({ role, revokedAt }) => role === 'admin' && revokedAt === null).map(({ id }) => id)).toEqual([lead.id]);
    expect(refusal(await world.manage(admin, { type: 'member.code', memberId: admin.id }))).toBe('wrong_state');
  });

  test('agents and leads may not do what is an admin’s', async () => {
    const world = await newWorld();
    const { id: memberId } = world.mia;
    const bot = must(await world.store.bot(world.botId), 'bot');
    const head = await world.store.head(world.ws);
    for (const actor of [world.sam, world.lead]) {
      const answers = await Promise.all([
        world.manage(actor, { type: 'bot.add', botId: BotId.parse(uuid()), name: 'X' }), world.manage(actor, { type: 'bot.save', botId: bot.id, baseSeq: bot.seq, settings: bot }),
        world.manage(actor, { type: 'member.add', memberId: MemberId.parse(uuid()), name: 'X', role: 'admin' }), world.manage(actor, { type: 'member.role', memberId, role: 'admin' }),
        world.manage(actor, { type: 'member.code', memberId }), world.manage(actor, { type: 'member.revoke', memberId }), world.manage(actor, { type: 'workspace.save', settings: { ...await world.store.workspace(world.ws), name: 'Mine' } }),
      ]);
      expect(answers.map(refusal)).toEqual(answers.map(() => 'forbidden'));
    }
    expect(await world.store.head(world.ws)).toBe(head);
  });
}

/** Claims of others are a lead's; another workspace is nobody's. */
export function boundsContract(newWorld: NewWorld): void {
  test('only the owner or a lead releases, returns or resolves a claimed conversation', async () => {
    const world = await newWorld();
    const { conversation } = await world.chat();
    done(await world.act(world.sam, conversation, { type: 'conversation.claim' }));
    for (const type of ['conversation.release', 'conversation.return', 'conversation.resolve'] as const) expect(refusal(await world.act(world.mia, conversation, { type }))).toBe('not_yours');
    expect(refusal(await world.reply(world.mia, conversation, 'me too'))).toBe('taken');
    expect(conversationOf(await world.act(world.lead, conversation, { type: 'conversation.release' })).claim).toBeNull();
    expect(refusal(await world.act(world.sam, { id: uuid() as never }, { type: 'conversation.claim' }))).toBe('not_found');
  });

  test('nothing crosses workspaces', async () => {
    const [here, there] = [await newWorld(), await newWorld()];
    const { visitor, conversation } = await here.chat();
    const heads = [await here.store.head(here.ws), await there.store.head(there.ws)];
    expect(refusal(await there.act(there.sam, conversation, { type: 'conversation.claim' }))).toBe('not_found');
    expect(refusal(await there.act(there.sam, conversation, { type: 'note.add', text: 'hm' }))).toBe('not_found');
    expect(refusal(await there.say(visitor, 'wrong door'))).toBe('not_found');
    expect(refusal(await there.manage(there.admin, { type: 'bot.add', botId: here.botId, name: 'Taken over' }))).toBe('id_reused');
    expect(refusal(await there.manage(there.admin, { type: 'member.add', memberId: here.sam.id, name: 'Taken over', role: 'admin' }))).toBe('id_reused');
    expect([await here.store.head(here.ws), await there.store.head(there.ws)]).toEqual(heads);
    expect((await here.store.bot(here.botId))?.name).toBe('Robin');
    expect((await there.store.list(there.ws, { limit: 10 })).conversations).toEqual([]);
  });
}
