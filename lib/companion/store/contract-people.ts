import { expect, test } from 'vitest';
import { MINUTE } from '#lib/base/time.ts';
import { must } from '#lib/base/must.ts';
import { uuid } from '#lib/base/uuid.ts';
import { BotId, MemberId } from '#lib/protocol/ids.ts';
import { conversationOf, done, refusal, type Scene } from './contract-scene.ts';
import type { Device } from './store.ts';

type NewScene = () => Promise<Scene>;

const device = (scene: Scene, more: Partial<Device> = {}): Device => ({
  id: uuid(), memberId: scene.sam.id, tokenHash: uuid(), previousHash: null, rotatedAt: scene.at, origin: 'chrome-extension://x', revokedAt: null, ...more,
});

/** Pairing codes and devices. */
export function devicesContract(newScene: NewScene): void {
  test('a pairing code is good once, until it expires, and not for a revoked member', async () => {
    const scene = await newScene();
    const [good, late, gone] = [uuid(), uuid(), uuid()];
    await scene.store.addPairingCode(good, scene.sam.id, scene.at + MINUTE);
    await scene.store.addPairingCode(late, scene.sam.id, scene.at + MINUTE);
    await scene.store.addPairingCode(gone, scene.mia.id, scene.at + MINUTE);
    const answers = await Promise.all([1, 2, 3].map(() => scene.store.takePairingCode(good, scene.at)));
    expect(answers.filter((one) => one === 'used')).toHaveLength(2);
    expect(answers.find((one) => typeof one === 'object')).toMatchObject({ id: scene.sam.id, name: 'Sam', role: 'agent' });
    expect(await scene.store.takePairingCode(late, scene.at + MINUTE)).toBe('expired');
    expect(await scene.store.takePairingCode(uuid(), scene.at)).toBe('unknown');
    done(await scene.manage(scene.admin, { type: 'member.revoke', memberId: scene.mia.id }));
    expect(await scene.store.takePairingCode(gone, scene.at)).toBe('revoked');
    await scene.under.reopen();
    expect(await scene.store.takePairingCode(good, scene.at)).toBe('used');
  });

  test('a device is found by its token and the one before, no longer by an older one', async () => {
    const scene = await newScene();
    const one = device(scene);
    await scene.store.saveDevice(one);
    expect(await scene.store.deviceByHash(one.tokenHash)).toMatchObject({ device: one, member: { id: scene.sam.id } });
    const two = { ...one, tokenHash: uuid(), previousHash: one.tokenHash };
    await scene.store.saveDevice(two);
    expect((await scene.store.deviceByHash(one.tokenHash))?.device).toEqual(two);
    expect((await scene.store.deviceByHash(two.tokenHash))?.device).toEqual(two);
    await scene.store.saveDevice({ ...two, tokenHash: uuid(), previousHash: two.tokenHash });
    expect(await scene.store.deviceByHash(one.tokenHash)).toBeNull();
    expect(await scene.store.deviceByHash(uuid())).toBeNull();
  });

  test('a rotation saved after a revocation does not undo it', async () => {
    const scene = await newScene();
    const one = device(scene);
    await scene.store.saveDevice(one);
    const rotated = { ...one, tokenHash: uuid(), previousHash: one.tokenHash };
    await Promise.all([scene.store.revokeDevices(scene.sam.id, 5), scene.store.saveDevice(rotated)]);
    expect((await scene.store.deviceByHash(rotated.tokenHash))?.device).toEqual({ ...rotated, revokedAt: 5 });
  });

  test('revoking marks every device of the member, and of nobody else, at its first time', async () => {
    const scene = await newScene();
    const [a, b, other] = [device(scene), device(scene), device(scene, { memberId: scene.mia.id })];
    for (const one of [a, b, other]) await scene.store.saveDevice(one);
    await scene.store.revokeDevices(scene.sam.id, 5);
    await scene.store.revokeDevices(scene.sam.id, 9);
    const revokedAt = async ({ tokenHash }: Device): Promise<number | null | undefined> => (await scene.store.deviceByHash(tokenHash))?.device.revokedAt;
    expect([await revokedAt(a), await revokedAt(b), await revokedAt(other)]).toEqual([5, 5, null]);
  });

  test('an origin is known while a browser that was paired from it is not revoked', async () => {
    const scene = await newScene();
    const [left, stays] = [`chrome-extension://${uuid()}`, `moz-extension://${uuid()}`];
    for (const one of [device(scene, { origin: left }), device(scene, { origin: left, revokedAt: 3 }), device(scene, { memberId: scene.mia.id, origin: stays })]) await scene.store.saveDevice(one);
    expect([await scene.store.hasDevice(left), await scene.store.hasDevice(stays), await scene.store.hasDevice(`${left}x`), await scene.store.hasDevice(uuid())]).toEqual([true, true, false, false]);
    await scene.store.revokeDevices(scene.sam.id, 5);
    expect([await scene.store.hasDevice(left), await scene.store.hasDevice(stays)]).toEqual([false, true]);
  });
}

/** Settings, availability, people and what roles may do. */
export function settingsContract(newScene: NewScene): void {
  test('availability says who switched it and when, and switching it where it stands changes nothing', async () => {
    const scene = await newScene();
    scene.at += MINUTE;
    expect(done(await scene.manage(scene.lead, { type: 'availability.set', botIds: [scene.botId], on: false })).commit?.rows).toMatchObject([{ kind: 'bot' }]);
    const off = { on: false, by: { id: scene.lead.id, name: 'Lea' }, at: scene.at };
    expect((await scene.store.bot(scene.botId))?.availability).toEqual(off);
    scene.at += MINUTE;
    expect(done(await scene.manage(scene.sam, { type: 'availability.set', botIds: null, on: false })).commit).toBeNull();
    expect((await scene.store.bot(scene.botId))?.availability).toEqual(off);
    expect(refusal(await scene.manage(scene.sam, { type: 'availability.set', botIds: [BotId.parse('nobody')], on: true }))).toBe('not_found');
  });

  test('agents switch availability only while the admin lets them; leads always', async () => {
    const scene = await newScene();
    done(await scene.manage(scene.sam, { type: 'availability.set', botIds: null, on: false }));
    done(await scene.manage(scene.admin, { type: 'workspace.save', settings: { ...await scene.store.workspace(scene.ws), agentsMaySwitch: false } }));
    expect(refusal(await scene.manage(scene.sam, { type: 'availability.set', botIds: null, on: true }))).toBe('forbidden');
    done(await scene.manage(scene.lead, { type: 'availability.set', botIds: null, on: true }));
  });

  test('a save on an old state of the bot is refused as stale unless forced', async () => {
    const scene = await newScene();
    const { seq: baseSeq, greeting, sites, handoff } = must(await scene.store.bot(scene.botId), 'bot');
    const save = (name: string, force?: boolean) => scene.manage(scene.admin, { type: 'bot.save', botId: scene.botId, baseSeq, settings: { name, greeting, sites, handoff }, ...(force ? { force } : {}) });
    const both = await Promise.all([save('First'), save('Second')]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(refusal(both[1])).toBe('stale');
    expect((await scene.store.bot(scene.botId))?.name).toBe('First');
    done(await save('Third', true));
    expect((await scene.store.bots(scene.ws)).map(({ name }) => name)).toEqual(['Third']);
  });
}

/** Who may do what. */
export function rolesContract(newScene: NewScene): void {
  test('the last admin stays admin; with a second one the first may go', async () => {
    const scene = await newScene();
    const { admin, lead } = scene;
    expect(refusal(await scene.manage(admin, { type: 'member.role', memberId: admin.id, role: 'agent' }))).toBe('last_admin');
    expect(refusal(await scene.manage(admin, { type: 'member.revoke', memberId: admin.id }))).toBe('last_admin');
    done(await scene.manage(admin, { type: 'member.role', memberId: lead.id, role: 'admin' }));
    const both = await Promise.all([scene.manage(admin, { type: 'member.revoke', memberId: admin.id }), scene.manage(admin, { type: 'member.revoke', memberId: lead.id })]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect((await scene.store.members(scene.ws)).filter(({ role, revokedAt }) => role === 'admin' && revokedAt === null).map(({ id }) => id)).toEqual([lead.id]);
    expect(refusal(await scene.manage(admin, { type: 'member.code', memberId: admin.id }))).toBe('wrong_state');
  });

  test('agents and leads may not do what is an admin’s', async () => {
    const scene = await newScene();
    const { id: memberId } = scene.mia;
    const bot = must(await scene.store.bot(scene.botId), 'bot');
    const head = await scene.store.head(scene.ws);
    for (const actor of [scene.sam, scene.lead]) {
      const answers = await Promise.all([
        scene.manage(actor, { type: 'bot.add', botId: BotId.parse(uuid()), name: 'X' }), scene.manage(actor, { type: 'bot.save', botId: bot.id, baseSeq: bot.seq, settings: bot }),
        scene.manage(actor, { type: 'member.add', memberId: MemberId.parse(uuid()), name: 'X', role: 'admin' }), scene.manage(actor, { type: 'member.role', memberId, role: 'admin' }),
        scene.manage(actor, { type: 'member.code', memberId }), scene.manage(actor, { type: 'member.revoke', memberId }), scene.manage(actor, { type: 'workspace.save', settings: { ...await scene.store.workspace(scene.ws), name: 'Mine' } }),
      ]);
      expect(answers.map(refusal)).toEqual(answers.map(() => 'forbidden'));
    }
    expect(await scene.store.head(scene.ws)).toBe(head);
  });
}

/** Claims of others are a lead's; another workspace is nobody's. */
export function boundsContract(newScene: NewScene): void {
  test('only the owner or a lead releases, returns or resolves a claimed conversation', async () => {
    const scene = await newScene();
    const { conversation } = await scene.chat();
    done(await scene.act(scene.sam, conversation, { type: 'conversation.claim' }));
    for (const type of ['conversation.release', 'conversation.return', 'conversation.resolve'] as const) expect(refusal(await scene.act(scene.mia, conversation, { type }))).toBe('not_yours');
    expect(refusal(await scene.reply(scene.mia, conversation, 'me too'))).toBe('taken');
    expect(conversationOf(await scene.act(scene.lead, conversation, { type: 'conversation.release' })).claim).toBeNull();
    expect(refusal(await scene.act(scene.sam, { id: uuid() as never }, { type: 'conversation.claim' }))).toBe('not_found');
  });

  test('nothing crosses workspaces', async () => {
    const [here, there] = [await newScene(), await newScene()];
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
