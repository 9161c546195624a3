import type { ReactNode } from 'react';
import { TryDetector } from '#components/detector/try-detector.tsx';
import type { BotErrors } from '#components/settings/bot-settings.ts';
import { DetectionForm } from '#components/settings/detection-form.tsx';
import { EmbedderForm } from '#components/settings/embedder-form.tsx';
import { EngineForm } from '#components/settings/engine-form.tsx';
import { BotList } from '#components/settings/bot-list.tsx';
import { markPart } from '#components/wizard/finish.ts';
import { nextStep, startWizard, type Wizard } from '#components/wizard/wizard.ts';
import { WizardView } from '#components/wizard/wizard-view.tsx';
import type { CommandId, KnowledgeId } from '#lib/protocol/ids.ts';
import type { SecretList } from '#lib/protocol/secret.ts';
import { DEFAULT_DETECTION, type BotSettings } from '#lib/protocol/settings.ts';
import type { Tried, TriedTurn } from '#lib/protocol/try.ts';
import { bot, happened, NOW, said } from './fixture.ts';

const nothing = (): void => undefined;
let ids = 0;
const newId = (): string => `g${ids += 1}`;
const page = (children: ReactNode): ReactNode => <main style={{ display: 'grid', gap: 16, padding: 16, maxWidth: 1120, margin: '0 auto' }}>{children}</main>;

const wizard = (change: Partial<Wizard>): Wizard => ({ ...startWizard(newId), name: 'Harbour helper (demo)', ...change });
const PAIRS = [{ question: 'Do you repair sails?', answer: 'Yes. Bring it dry and folded; most repairs are done within a week.' }];
const FILES = [{ id: 'f1' as CommandId, name: 'moorings-and-prices-2026.md', base64: '' }];
const view = (of: Wizard): ReactNode => page(
  <WizardView wizard={of} isReading={false} preview={<section className="preview" aria-label="What visitors see" />} playground="#/playground" settings="#/bots"
    onChange={nothing} onNext={nothing} onCancel={nothing} onFiles={nothing} onAgain={nothing} />);
const made = nextStep(wizard({ step: 'support', pairs: PAIRS, files: FILES, available: true }), newId);
const finish = made.finish!;
const through = (count: number): Wizard => ({ ...made, finish: finish.parts.slice(0, count).reduce((all, { id }) => markPart(all, id, 'done'), finish) });
const failed: Wizard = { ...through(2), finish: markPart(through(2).finish!, finish.parts[2]!.id, 'failed', 'The companion at http://127.0.0.1:8787 could not be reached.') };

const TURN: TriedTurn = {
  action: 'answer', trigger: null, reasons: [], engine: 'embedded', degraded: false, problem: null, tookMs: 2.4,
  signals: { request: { strength: 'none', evidence: null }, consent: null, smallTalk: false, satisfied: false, answerable: 0.82, repeated: false, frustration: 0, wantsHuman: 0, policyHits: [], promised: false },
  before: { evidence: 0, misses: 0, reasons: [], cooldown: 0, offers: 0, bar: 1.5, armed: true, offer: null, clarified: false },
  after: { evidence: 0, misses: 0, reasons: [], cooldown: 0, offers: 0, bar: 1.5, armed: true, offer: null, clarified: false },
  reply: { text: PAIRS[0]!.answer, sources: [{ id: 'k1' as KnowledgeId, title: PAIRS[0]!.question, score: 0.82 }] },
  explained: { threshold: 0.35, nearest: { phrasing: 'Can you mend a torn sail?', similarity: 0.74 },
    ranked: [{ id: 'k1' as KnowledgeId, title: PAIRS[0]!.question, score: 0.82 }, { id: 'k2' as KnowledgeId, title: 'What does a guest mooring cost for one night in the high season?', score: 0.31 }, { id: 'k3' as KnowledgeId, title: 'Opening hours', score: 0.04 }] },
};
const BOT = { kind: 'bot', name: 'Harbour helper (demo)' } as const;
const ANSWERED: Tried = { lines: [{ text: 'sail repair?', turn: TURN, shown: [said(BOT, PAIRS[0]!.answer, { sources: [{ id: 'k1' as KnowledgeId, title: PAIRS[0]!.question }] })] }] };
const MISS: TriedTurn = { ...TURN, action: 'clarify', reply: null, signals: { ...TURN.signals, answerable: 0.08 }, after: { ...TURN.after, evidence: 1, misses: 1, clarified: true }, explained: { ranked: [], threshold: 0.35 } };
const OFFERED: Tried = { lines: [
  { text: 'Do you lease submarines?', turn: MISS, shown: [] },
  { text: 'Can I insure a parrot?', turn: { ...MISS, action: 'offer', reasons: [{ code: 'miss', count: 2 }], before: MISS.after, after: { ...MISS.after, evidence: 2, misses: 2, offers: 1, armed: false, offer: { messageId: 'm', turnsLeft: 2, expiresAt: NOW } } },
    shown: [said(BOT, "I'm not finding an answer. Would you like to talk to a person?", { offer: { reason: 'miss', answer: null } })] }] };
const ASKED: Tried = { lines: [{ text: 'I want to talk to a human', shown: [happened({ type: 'queued' })],
  turn: { ...MISS, action: 'escalate', trigger: 'request', reasons: [{ code: 'request', evidence: 'talk to a human' }], problem: 'The bot did not answer within 3 s. It counts as no answer.', engine: null, explained: null, signals: { ...MISS.signals, request: { strength: 'explicit', evidence: 'talk to a human' }, policyHits: [{ words: 'human', act: 'offer' }] } } }] };
const detector = (tried: Tried | null, problem: string | null = null): ReactNode => page(
  <><h1>Playground</h1><TryDetector isBusy={false} tried={tried} problem={problem} said={['Hello']} onTry={nothing}
    start={tried ? { text: tried.lines.at(-1)?.text ?? '', earlier: tried.lines.slice(0, -1).map(({ text }) => text).join('\n') } : undefined} /></>);

const SETTINGS: BotSettings = { name: 'Harbour helper (demo)', greeting: 'Hello', sites: [], handoff: { enabled: true, mode: 'both', offlineMessage: '', agentLabel: '', keepOn: false } };
const SECRETS: SecretList = { canKeep: true, secrets: [{ name: 'model', setAt: NOW }, { name: 'embedder', setAt: null }, { name: 'webhook', setAt: null }] };
const engine = (change: Partial<BotSettings>, secrets: SecretList | null = SECRETS, errors: BotErrors = {}): ReactNode => {
  const shared = { settings: { ...SETTINGS, ...change }, errors, isReadOnly: false, onChange: nothing, secrets, onSecret: () => Promise.resolve(true) };
  return page(<><h1>Engine</h1><EngineForm typed={{}} {...shared} /><EmbedderForm {...shared} /></>);
};
const POLICIES = [{ words: 'cancel my mooring', act: 'offer' as const }, { words: 'oil spill', act: 'escalate' as const }];

/** Pages of the settings: the wizard, the Bots page and Try the detector. */
export const SETTINGS_STATES: Record<string, () => ReactNode> = {
  'wizard-basics': () => view(wizard({ name: '', errors: { name: 'Give the bot a name; visitors see it above its answers.' } })),
  'wizard-knowledge': () => view(wizard({ step: 'knowledge', pairs: PAIRS, files: FILES, typed: { question: 'When do you open?', answer: '' }, pairErrors: { answer: 'Type what the bot should answer.' }, refused: [{ name: 'photo.txt', reason: 'It is not text.' }] })),
  'wizard-knowledge-empty': () => view(wizard({ step: 'knowledge' })),
  'wizard-support': () => view(wizard({ step: 'support' })),
  'wizard-creating': () => view({ ...through(1), finish: { ...markPart(through(1).finish!, finish.parts[1]!.id, 'doing'), isRunning: true } }),
  'wizard-failed': () => view(failed), 'wizard-ready': () => view({ ...through(9), refused: [{ name: 'prices.md', reason: 'It has no text.' }] }),
  'bots-list': () => page(<><h1>Bots</h1><BotList bots={[bot(true), bot(false, 'Harbour helper (demo)', 'b2')]} now={NOW} maySwitch onSwitch={nothing} onEdit={nothing} playground={() => '#/playground'} /></>),
  'bots-none': () => page(<><h1>Bots</h1><BotList bots={[]} now={NOW} maySwitch onSwitch={nothing} onEdit={nothing} playground={() => '#'} /></>),
  'engine-embedded': () => engine({}), 'engine-model': () => engine({ engine: { kind: 'model', baseUrl: 'https://models.example/v1', model: 'small-talker', instructions: 'Be brief and kind.' }, detection: { ...DEFAULT_DETECTION, embedder: { baseUrl: 'https://models.example/v1', model: 'meaning' } } }),
  'engine-webhook': () => engine({ engine: { kind: 'webhook', url: 'harbour' } }, SECRETS, { url: 'An address looks like https://api.example.com/v1' }), 'engine-no-secrets': () => engine({ engine: { kind: 'webhook', url: 'https://bot.example/baton' } }, { ...SECRETS, canKeep: false }),
  'detection': () => page(<><h1>Support</h1><DetectionForm settings={{ ...SETTINGS, detection: { ...DEFAULT_DETECTION, policies: POLICIES } }} isReadOnly={false} onChange={nothing} /></>),
  'try-empty': () => detector(null), 'try-answer': () => detector(ANSWERED), 'try-offer': () => detector(OFFERED), 'try-request': () => detector(ASKED),
  'try-problem': () => detector(null, 'The companion at http://127.0.0.1:8787 could not be reached.'),
};
