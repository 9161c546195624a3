import { expect, test } from 'vitest';
import { freshMeter } from '#lib/handoff/meter.ts';
import type { Conversation } from '#lib/protocol/conversation.ts';
import type { TurnSignals } from '#lib/protocol/turn.ts';
import { audited } from '../audit/audited.ts';
import { decided, done, newMessageId, type Scene } from './contract-scene.ts';

const SIGNALS: TurnSignals = { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.9, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false };

async function turn(scene: Scene, { id }: Conversation, index: number, signals: TurnSignals): Promise<void> {
  const act = { type: 'bot.turn' as const, index, reply: { id: newMessageId(), text: 'Two to four days.', sources: [] }, decision: decided('answer'), signals, engine: 'embedded' as const };
  done(await scene.store.commit({ workspaceId: scene.ws, id: newMessageId(), now: scene.at, connected: scene.connected, kind: 'conversation', conversationId: id, what: { by: 'bot', act } }));
}

export function turnsContract(newScene: () => Promise<Scene>): void {
  test('each turn of the bot is kept with what it was made from, and goes with its conversation', async () => {
    const scene = await newScene();
    const { visitor, conversation } = await scene.chat('how long is delivery');
    await turn(scene, conversation, 1, SIGNALS);
    await scene.say(visitor, 'and to the moon');
    await turn(scene, conversation, 3, { ...SIGNALS, answerable: 0.1 });
    expect(await scene.store.turns(conversation.id)).toMatchObject([
      { index: 1, action: 'answer', engine: 'embedded', degraded: false, signals: SIGNALS, meter: freshMeter(), handoff: { enabled: true, mode: 'both' } },
      { index: 3, action: 'clarify', reasons: [{ code: 'miss', count: 1 }] },
    ]);
    expect(await scene.store.missed(scene.botId, 10)).toEqual([{ conversationId: conversation.id, index: 3, at: scene.at, text: 'and to the moon' }]);
    done(await scene.manage(scene.admin, { type: 'visitor.delete', botId: scene.botId, visitorId: visitor.visitorId }));
    expect([await scene.store.turns(conversation.id), await scene.store.missed(scene.botId, 10)]).toEqual([[], []]);
  });

  test('small talk and requests are no missed questions, nor is what is tried in the Playground', async () => {
    const scene = await newScene();
    for (const signals of [{ smallTalk: true }, { request: { strength: 'explicit' as const, evidence: 'a person' } }]) {
      const { conversation } = await scene.chat();
      await turn(scene, conversation, 1, { ...SIGNALS, answerable: 0, ...signals });
    }
    const tried = { ...scene.visitor(), channel: 'playground' as const };
    const { conversation } = done(await scene.say(tried, 'to the moon'));
    await turn(scene, conversation!, 1, { ...SIGNALS, answerable: 0 });
    expect(await scene.store.missed(scene.botId, 10)).toEqual([]);
    expect(await scene.store.turns(conversation!.id)).toHaveLength(1);
  });

  test('secrets are kept per bot and name, replaced, listed without what they are, and removed', async () => {
    const scene = await newScene();
    const about = (what: 'secret.put' | 'secret.remove') => ({ ...audited(scene.admin, { what, target: scene.botId }), workspaceId: scene.ws });
    await scene.store.putSecret(scene.botId, 'model', 'sealed-1', about('secret.put'));
    await scene.store.putSecret(scene.botId, 'model', 'sealed-2', about('secret.put'));
    await scene.store.putSecret(scene.botId, 'webhook', 'sealed-3', about('secret.put'));
    expect([await scene.store.secret(scene.botId, 'model'), await scene.store.secret(scene.botId, 'webhook'), await scene.store.secret(scene.botId, 'embedder')]).toEqual(['sealed-2', 'sealed-3', null]);
    expect((await scene.store.secretNames(scene.botId)).map(({ name }) => name)).toEqual(['model', 'webhook']);
    await scene.store.putSecret(scene.botId, 'model', null, about('secret.remove'));
    await scene.store.putSecret(scene.botId, 'model', null, about('secret.remove'));
    expect(await scene.store.secret(scene.botId, 'model')).toBeNull();
    const { entries } = await scene.store.auditLog(scene.ws, { limit: 10 });
    // A removal of nothing is nothing to record.
    expect(entries.map(({ what }) => what).filter((what) => what.startsWith('secret'))).toEqual(['secret.remove', 'secret.put', 'secret.put', 'secret.put']);
    expect(JSON.stringify(entries)).not.toContain('sealed');
  });
}
