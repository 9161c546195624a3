import { z } from 'zod';
import { createEmbeddedBot } from '#lib/companion/bot/embedded.ts';
import { createBotRunner } from '#lib/companion/bot/runner.ts';
import type { Bot } from '#lib/companion/bot/bot.ts';
import { consent } from '#lib/detect/consent.ts';
import { PHRASES } from '#lib/handoff/phrases.ts';
import type { KnowledgeEntry } from '#lib/protocol/knowledge.ts';
import type { BotId, KnowledgeId, MemberId } from '#lib/protocol/ids.ts';
import type { Said } from '#lib/protocol/message.ts';
import { createInlineLearner } from '../../support/inline-learner.ts';
import { oneConversation, WORKSPACE, type World } from '../../model/one-conversation.ts';
import { readLines } from './rows.ts';

const EVENTS = ['button', 'offer_accepted', 'offer_declined', 'thumbs_down', 'thumbs_up', 'back'] as const;
const Knowledge = z.object({ kb: z.string(), faq: z.array(z.tuple([z.string(), z.string()])) });
const Turn = z.union([z.object({ visitor: z.string(), expect: z.array(z.string()), source: z.string().optional() }), z.object({ event: z.enum(EVENTS), expect: z.array(z.string()) })]);
const Dialogue = z.object({ id: z.string(), kb: z.string().optional(), trigger: z.enum(['button', 'auto', 'both']).default('both'), agents_available: z.boolean().default(true), needs_person: z.boolean().optional(), turns: z.array(Turn) });
type Turn = z.infer<typeof Turn>;
export type Dialogue = z.infer<typeof Dialogue>;
export type Knowledge = z.infer<typeof Knowledge>;

/** What the visitor saw of a turn. `none`: nothing. */
export type Shown = 'answer' | 'clarify' | 'offer' | 'escalate' | 'none';
export interface Played { dialogue: Dialogue; shown: Shown[]; texts: string[]; violated: string[];
  /** Of each turn the title of the entry it was answered from. */
  sources: (string | null)[] }

/** Knowledge bases are lines of their own; a dialogue without `kb` is about the one before it. */
export function readScenarios(file: string): { knowledge: Knowledge; dialogue: Dialogue }[] {
  const bases = new Map<string, Knowledge>();
  let last: Knowledge | undefined;
  return readLines(file).flatMap(({ value, line }) => {
    const base = Knowledge.safeParse(value);
    if (base.success) { last = base.data; bases.set(last.kb, last); return []; }
    const dialogue = Dialogue.safeParse(value);
    if (!dialogue.success) throw new Error(`${file}, line ${line}: ${z.prettifyError(dialogue.error)}`);
    const knowledge = dialogue.data.kb === undefined ? last : bases.get(dialogue.data.kb);
    if (!knowledge) throw new Error(`${file}, line ${line}: there is no knowledge base for it above.`);
    return [{ knowledge, dialogue: dialogue.data }];
  });
}

const entriesOf = ({ faq }: Knowledge): KnowledgeEntry[] => faq.map(([title, text], at) => ({ id: `k${at}` as KnowledgeId, botId: 'b' as BotId, kind: 'faq', title, text, file: null, at: 0 }));

/** One bot for each knowledge base: it learns once. */
export function createCast(): (knowledge: Knowledge) => Promise<Bot> {
  const bots = new Map<string, Promise<Bot>>();
  const learner = createInlineLearner();
  return (knowledge) => {
    const learn = async (): Promise<Bot> => { const bot = createEmbeddedBot(learner, knowledge.kb); await bot.prepare(entriesOf(knowledge)); return bot; };
    const known = bots.get(knowledge.kb) ?? learn();
    bots.set(knowledge.kb, known);
    return known;
  };
}

/** Plays a dialogue through the rules, the runner and the bot as they ship. Time passes by half a minute a turn. */
export async function play(dialogue: Dialogue, bot: Bot): Promise<Played> {
  const world = oneConversation({ mode: dialogue.trigger });
  if (!dialogue.agents_available) { world.connected = []; world.bot = { ...world.bot, availability: { ...world.bot.availability, on: false } }; } else world.connected = ['sam' as MemberId];
  const runner = createBotRunner({
    workspaceId: WORKSPACE.id, submit: world.submit, connected: () => world.connected, now: () => world.now, log: { warn: (details, message) => { throw new Error(`${message} ${JSON.stringify(details)}`); } }, onTyping: () => undefined,
    botOf: async () => ({ prepare: () => Promise.resolve(), respond: (context, signal) => bot.respond(context, signal) }),
    store: { conversation: async () => world.conversation, messages: async () => world.messages, bot: async () => world.bot, due: async () => ({ owed: [], release: [], archive: [], forget: [] }) },
  });
  const [shown, texts, violated, sources]: [Shown[], string[], string[], (string | null)[]] = [[], [], [], []];
  let quiet = 0;
  for (const turn of dialogue.turns) {
    const before = world.messages.length;
    const wasTeams = world.conversation.floor === 'team';
    // A yes or a no is to an offer; without one it is nothing.
    const offered = shown.at(-1) === 'offer';
    const wasEscalated = world.conversation.status === 'escalated';
    world.now += 30_000;
    act(world, turn);
    runner.kick(world.conversation);
    await runner.idle();
    const said = world.messages.slice(before).filter((one): one is Said => one.kind === 'said' && one.author.kind === 'bot');
    const saw = seen(said, !wasEscalated && world.conversation.status === 'escalated');
    shown.push(saw);
    texts.push(said.map(({ text }) => text).join(' / '));
    sources.push(said.findLast((one) => one.sources)?.sources?.[0]?.title ?? null);
    if (wasTeams && said.length > 0) violated.push('the bot spoke while the team had the floor');
    if (saw === 'offer' && quiet > 0) violated.push('an offer inside the cool-down');
    const isRequest = 'visitor' in turn ? turn.expect.every((one) => one === 'escalate') && (offered || consent(turn.visitor) === null) : turn.event === 'button';
    if (isRequest && saw !== 'escalate') violated.push('a request for a person was not taken in its turn');
    if (saw === 'escalate' && !turn.expect.includes('escalate')) violated.push('escalated without being asked');
    quiet = 'event' in turn && turn.event === 'offer_declined' && offered ? COOL_DOWN : Math.max(0, quiet - ('visitor' in turn ? 1 : 0));
  }
  return { dialogue, shown, texts, violated, sources };
}

/** Visitor turns after a declined offer in which none is made (reference/detection.md section 6). */
const COOL_DOWN = 3;

function act(world: World, turn: Turn): void {
  if ('visitor' in turn) return void world.act({ by: 'visitor', act: { type: 'visitor.message', id: world.newId(), text: turn.visitor } });
  const bots = world.messages.filter((one): one is Said => one.kind === 'said' && one.author.kind === 'bot');
  const [last, offer] = [bots.at(-1), bots.findLast((one) => one.offer)];
  switch (turn.event) {
    case 'button': return void world.act({ by: 'visitor', act: { type: 'visitor.escalate' } });
    case 'back': return void world.act({ by: 'visitor', act: { type: 'visitor.back' } });
    case 'offer_accepted': case 'offer_declined':
      return void (offer && world.act({ by: 'visitor', act: { type: 'visitor.offer', messageId: offer.id, accept: turn.event === 'offer_accepted' } }));
    default: return void (last && world.act({ by: 'visitor', act: { type: 'visitor.feedback', messageId: last.id, value: turn.event === 'thumbs_up' ? 'up' : 'down' } }));
  }
}

const ASKED_BACK: readonly string[] = [PHRASES.clarify, PHRASES.clarifyAfterFeedback, PHRASES.unknown];

function seen(said: readonly Said[], escalated: boolean): Shown {
  if (escalated) return 'escalate';
  if (said.some((one) => one.offer)) return 'offer';
  const last = said.at(-1);
  if (!last) return 'none';
  return ASKED_BACK.includes(last.text) ? 'clarify' : 'answer';
}
