import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Errors of our own whose words hold no data of anybody: folders, settings, ids. Any other message may quote what a visitor wrote. */
const OURS: ReadonlySet<string> = new Set(['BadEnvironmentError', 'DataFolderInUseError', 'DataFolderDamagedError', 'DatabaseUnusableError', 'NotFetched']);
/** What a database or the system says about an error in words of its own: codes and names, never values. */
const FACTS = ['code', 'errcode', 'errstr', 'syscall', 'errno', 'address', 'port', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const;
const DEEP = 4;

/** The frames of a stack without its message; none when the two cannot be told apart. */
function framesOf({ stack, message }: Error): string[] {
  const at = stack?.indexOf(message) ?? -1;
  if (!stack || at < 0 || !(message ? /^[\w$.]+(?: \[\w+\])?: $/.test(stack.slice(0, at)) : /^[\w$.]+\n/.test(stack))) return [];
  return stack.slice(at + message.length).split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
}

/** An error as the log keeps it: name, facts and stack frames. Its message only when the class is one of ours. */
export function safeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const facts = Object.fromEntries(FACTS.flatMap((name) => {
    const value = (error as unknown as Record<string, unknown>)[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
  }));
  return {
    type: error.constructor.name, ...facts, ...(OURS.has(error.constructor.name) ? { message: error.message } : {}), stack: framesOf(error),
    ...(error.cause !== undefined && depth < DEEP ? { cause: safeError(error.cause, depth + 1) } : {}),
    ...(error instanceof AggregateError && depth < DEEP ? { errors: error.errors.slice(0, DEEP).map((one) => safeError(one, depth + 1)) } : {}),
  };
}

/** JSON lines on stderr. Never message text, tokens or e-mail addresses: callers pass ids only. */
export const createLog = (level: string): Log => pino({ level, serializers: { error: (error) => safeError(error), err: (error) => safeError(error) } }, pino.destination({ dest: 2, sync: true }));
