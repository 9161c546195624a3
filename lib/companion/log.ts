import { pino, type Logger } from 'pino';

export type Log = Logger;
/** JSON lines on stderr. Never message text, tokens or e-mail addresses: callers pass ids only. */
export const createLog = (level: string): Log => pino({ level, serializers: { error: pino.stdSerializers.err } }, pino.destination({ dest: 2, sync: true }));
