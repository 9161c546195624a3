import { expect, test } from 'vitest';
import { must } from '#lib/base/must.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { BotId, KnowledgeId, MemberId, WorkspaceId } from '#lib/protocol/ids.ts';
import type { Bot as Settings, Workspace } from '#lib/protocol/settings.ts';
import type { TriedLine, TriedTurn } from '#lib/protocol/try.ts';
import { createInlineLearner } from '../../../tests/support/inline-learner.ts';
import type { Bot } from './bot.ts';
import { createEmbeddedBot } from './embedded.ts';
import { tryLines } from './try-lines.ts';

const WORKSPACE: Workspace = { id: 'w' as WorkspaceId, seq: 1, name: 'Shop', agentsMaySwitch: true, waitingTooLongMs: 180_000, claimIdleMs: 0, reopenWithinMs: 0, archiveAfterMs: 0 };
const SETTINGS: Settings = { id: 'b' as BotId, seq: 1, name: 'Bean', greeting: '', sites: [], createdAt: 0, availability: { on: true, by: null, at: 0 },
  handoff: { enabled: true, mode: 'both', offlineMessage: 'Back at nine.', agentLabel: '', keepOn: false } };
const FAQ: KnowledgeEntry[] = [['Opening hours', 'Monday to Friday 8:00-18:00.'], ['Returns', 'Within 30 days.'], ['Decaf', 'Three decaf roasts.']].map(([title = '', text = ''], at) => ({ id: `k${at}` as KnowledgeId, botId: SETTINGS.id, kind: 'faq', title, text, file: null, at: 0 }));

const broken = (respond: Bot['respond'], explain?: Bot['explain']): Bot => ({ prepare: () => Promise.resolve(), respond, ...(explain ? { explain } : {}) });
async function play(lines: string[], bot?: Bot, connected = ['sam' as MemberId]): Promise<TriedLine[]> {
  const embedded = createEmbeddedBot(createInlineLearner(), 'b');
  await embedded.prepare(FAQ);
  return await tryLines({ settings: SETTINGS, workspace: WORKSPACE, connected, now: 1_000_000, botOf: () => Promise.resolve(bot ?? embedded), timeoutMs: 30, allMs: 5_000 }, lines);
}
const last = async (lines: string[], bot?: Bot): Promise<TriedTurn> => must((await play(lines, bot)).at(-1)?.turn, 'the turn');

const FAILURES: [name: string, bot: Bot, words: RegExp][] = [
  ['fails', broken(() => Promise.reject(new Error('no such model'))), /failed: no such model/],
  ['never answers', broken(() => new Promise(() => undefined)), /no answer within 0\.03 s/],
  ['answers later', broken(() => Promise.resolve('later')), /answers later/],
];
test.each(FAILURES)('a bot that %s counts as no answer, says why, and loses no request for a person', async (_, bot, words) => {
  expect(await last(['when are you open'], bot)).toMatchObject({ action: 'clarify', reply: null, engine: null, problem: expect.stringMatching(words) });
  expect(await last(['I want to talk to a human'], bot)).toMatchObject({ action: 'escalate', trigger: 'request' });
});

test('a ranking that cannot be shown takes no answer away', async () => {
  const turn = { reply: { text: 'Yes.', sources: [] }, signals: { answerable: 0.9, wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: false }, engine: 'model' as const };
  expect(await last(['hm'], broken(() => Promise.resolve(turn), () => Promise.reject(new Error('out of reach'))))).toMatchObject({ action: 'answer', engine: 'model', explained: null, problem: 'The best entries cannot be shown: out of reach.' });
  expect(await last(['hm'], broken(() => Promise.resolve(turn)))).toMatchObject({ explained: null, problem: null });
});

test('all lines together have a deadline, so that whoever asked is answered', async () => {
  const [first, second] = await tryLines({ settings: SETTINGS, workspace: WORKSPACE, connected: [], now: 0, botOf: () => new Promise(() => undefined), timeoutMs: 5_000, allMs: 20 }, ['one thing', 'I want to talk to a human']);
  expect(first?.turn?.problem).toMatch('no answer within 0.02 s');
  expect(second?.turn).toMatchObject({ action: 'escalate' });
});

test('while nobody is connected the visitor would read the offline message, and the bot goes on answering', async () => {
  const [asked, after] = await play(['I want to talk to a human', 'opening hours'], undefined, []);
  expect(asked?.shown).toMatchObject([{ kind: 'happened', what: { type: 'offline', text: 'Back at nine.' } }]);
  expect(after?.turn).toMatchObject({ action: 'answer', trigger: null });
  expect((await play(['I want to talk to a human', 'opening hours']))[1]).toEqual({ text: 'opening hours', turn: null, shown: [] });
});

test('a question that was asked before is known from the earlier lines', async () => {
  expect((await last(['do you lease espresso machines', 'do you lease espresso machines'])).signals.repeated).toBe(true);
  expect((await last(['do you lease espresso machines'])).signals.repeated).toBe(false);
});

test('only the message itself is explained, and its ranking is led by its source', async () => {
  const [first, second] = await play(['decaf', 'opening hours']);
  expect(first?.turn?.explained).toBeNull();
  expect(second?.turn?.explained?.ranked[0]?.id).toBe(second?.turn?.reply?.sources[0]?.id);
});
