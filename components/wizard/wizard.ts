import type { BotId, CommandId } from '#lib/protocol/ids.ts';
import { DEFAULT_AGENT_LABEL, type BotSettings, type HandoffSettings } from '#lib/protocol/settings.ts';
import { botErrors, type BotErrors } from '#components/settings/bot-settings.ts';
import type { RefusedFile } from '#components/settings/knowledge-files.ts';
import { startFinish, type Finish } from './finish.ts';

export const STEPS = ['basics', 'knowledge', 'support', 'done'] as const;
export type WizardStep = (typeof STEPS)[number];
export const STEP_NAMES: Record<WizardStep, string> = { basics: 'Basics', knowledge: 'Knowledge', support: 'Support', done: 'Done' };

export interface Pair { question: string; answer: string }
/** A file as it was read; `id` makes sending it again safe. */
export interface WizardFile { id: CommandId; name: string; base64: string }
export type PairErrors = Partial<Record<keyof Pair, string>>;

/** Everything that was typed and chosen for a bot that is not there yet: only the page holds it until Create bot. */
export interface Wizard {
  step: WizardStep;
  botId: BotId; name: string;
  /** Null: the proposal, which follows the name. */
  greeting: string | null;
  /** The question and answer in the fields, not yet in the list. */
  typed: Pair; pairs: Pair[]; files: WizardFile[]; refused: RefusedFile[];
  handoff: HandoffSettings; available: boolean;
  errors: BotErrors; pairErrors: PairErrors;
  /** From Create bot on. */
  finish: Finish | null;
}

export const QUESTION_MAX = 300;
export const ANSWER_MAX = 20_000;
const NOTHING: Pair = { question: '', answer: '' };

/** Section 4 of PRODUCT.md: the wizard proposes handoff on; Agents available stays a decision of a person. */
const PROPOSED: HandoffSettings = { enabled: true, mode: 'both', offlineMessage: '', agentLabel: DEFAULT_AGENT_LABEL, keepOn: false };

/** @param newId a fresh id each time */
export function startWizard(newId: () => string): Wizard {
  return { step: 'basics', botId: newId() as BotId, name: '', greeting: null, typed: NOTHING, pairs: [], files: [], refused: [], handoff: PROPOSED, available: false, errors: {}, pairErrors: {}, finish: null };
}

export const greetingOf = ({ name, greeting }: Pick<Wizard, 'name' | 'greeting'>): string =>
  greeting ?? (name.trim() ? `Hi, I’m ${name.trim()}. How can I help?` : 'Hi! How can I help?');

/** What is saved of it, and shown in the preview. No site may embed the bot until an admin lists one. */
export const settingsOfWizard = (wizard: Wizard): BotSettings => ({ name: wizard.name.trim(), greeting: greetingOf(wizard).trim(), sites: [], handoff: wizard.handoff });

/** Would leaving lose something? */
export function isDirty(wizard: Wizard): boolean {
  if (wizard.finish) return !wizard.finish.parts.every(({ state }) => state === 'done');
  const { name, greeting, typed, pairs, files, handoff, available } = wizard;
  return name !== '' || greeting !== null || typed.question !== '' || typed.answer !== '' || pairs.length + files.length > 0 || available || JSON.stringify(handoff) !== JSON.stringify(PROPOSED);
}

/** What was typed goes to the list; half a pair stays in the fields and says what is missing. */
export function addPair(wizard: Wizard): Wizard {
  const [question, answer] = [wizard.typed.question.trim(), wizard.typed.answer.trim()];
  const pairErrors: PairErrors = {
    ...(question ? question.length > QUESTION_MAX ? { question: `At most ${QUESTION_MAX} characters.` } : {} : { question: 'Type the question as visitors ask it.' }),
    ...(answer ? answer.length > ANSWER_MAX ? { answer: 'This is too long; add it as a file.' } : {} : { answer: 'Type what the bot should answer.' }),
  };
  if (Object.keys(pairErrors).length > 0) return { ...wizard, pairErrors };
  return { ...wizard, typed: NOTHING, pairErrors: {}, pairs: [...wizard.pairs, { question, answer }] };
}

export const removePair = (wizard: Wizard, at: number): Wizard => ({ ...wizard, pairs: wizard.pairs.filter((_, index) => index !== at) });

/** A file of the same name replaces the one that was chosen before. */
export function addFiles(wizard: Wizard, good: readonly Omit<WizardFile, 'id'>[], refused: RefusedFile[], newId: () => string): Wizard {
  const names = new Set(good.map(({ name }) => name));
  return { ...wizard, refused, files: [...wizard.files.filter(({ name }) => !names.has(name)), ...good.map((file) => ({ ...file, id: newId() as CommandId }))] };
}

export const removeFile = (wizard: Wizard, id: CommandId): Wizard => ({ ...wizard, files: wizard.files.filter((file) => file.id !== id) });

/** One step on, or the same step with what is wrong in words. From Support it leads to the creation. @param newId as `startWizard` */
export function nextStep(wizard: Wizard, newId: () => string): Wizard {
  const errors = botErrors(settingsOfWizard(wizard));
  switch (wizard.step) {
    case 'basics': return errors.name || errors.greeting ? { ...wizard, errors } : { ...wizard, errors: {}, step: 'knowledge' };
    case 'knowledge': {
      const isEmpty = wizard.typed.question.trim() === '' && wizard.typed.answer.trim() === '';
      // Next is no reason to lose what stands in the fields.
      const kept = isEmpty ? { ...wizard, pairErrors: {} } : addPair(wizard);
      return Object.keys(kept.pairErrors).length > 0 ? kept : { ...kept, step: 'support' };
    }
    case 'support': return Object.keys(errors).length > 0 ? { ...wizard, errors } : { ...wizard, errors: {}, step: 'done', finish: startFinish(wizard, newId) };
    case 'done': return wizard;
  }
}

/** Nothing is lost by it. Not from Done: the bot may be there already. */
export function backStep(wizard: Wizard): Wizard {
  const at = STEPS.indexOf(wizard.step);
  return wizard.finish ? wizard : { ...wizard, step: STEPS[Math.max(0, at - 1)] ?? 'basics', errors: {}, pairErrors: {} };
}
