import type { CommandId } from '#lib/protocol/ids.ts';
import type { Step } from '#components/settings/steps.tsx';
import type { Wizard } from './wizard.ts';

/** One request on the way to the bot. Its id stays, so that trying again does nothing twice. */
export type Part = { id: CommandId; state: Step['state']; problem: string | null } & (
  | { kind: 'bot' | 'questions' | 'settings' | 'available' }
  | { kind: 'file'; name: string }
);
export interface Finish { parts: Part[]; isRunning: boolean }

/** What is to be done, in order; a bot without knowledge or people behind it needs fewer requests. */
export function startFinish({ pairs, files, available }: Pick<Wizard, 'pairs' | 'files' | 'available'>, newId: () => string): Finish {
  const fresh = () => ({ id: newId() as CommandId, state: 'open' as const, problem: null });
  return { isRunning: false, parts: [
    { ...fresh(), kind: 'bot' },
    ...(pairs.length > 0 ? [{ ...fresh(), kind: 'questions' as const }] : []),
    ...files.map(({ id, name }): Part => ({ ...fresh(), id, kind: 'file', name })),
    { ...fresh(), kind: 'settings' },
    ...(available ? [{ ...fresh(), kind: 'available' as const }] : []),
  ] };
}

/** The part that is to be tried next; null when all is done. */
export const nextPart = ({ parts }: Finish): Part | null => parts.find(({ state }) => state !== 'done') ?? null;

export function markPart(finish: Finish, id: CommandId, state: Part['state'], problem: string | null = null): Finish {
  return { ...finish, parts: finish.parts.map((part) => (part.id === id ? { ...part, state, problem } : part)) };
}

const counted = (count: number): string => (count === 1 ? 'the question' : `${count} questions`);

/** One line for each part. */
export function partWords(part: Part, wizard: Pick<Wizard, 'name' | 'pairs'>): string {
  switch (part.kind) {
    case 'bot': return `Add ${wizard.name.trim()}`;
    case 'questions': return `Teach it ${counted(wizard.pairs.length)} you typed`;
    case 'file': return `Read ${part.name}`;
    case 'settings': return 'Save greeting and support settings';
    case 'available': return 'Switch Agents available on';
  }
}
