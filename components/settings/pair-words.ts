import { assertNever } from '#lib/base/assert-never.ts';
import type { PairAnswer } from '#lib/protocol/runtime.ts';

type PairRefusal = Extract<PairAnswer, { ok: false }>;
export interface PairProblem {
  /** Where it is shown. */
  field: 'address' | 'code';
  /** Which of the steps failed, counted from 0. */
  step: 0 | 1;
  text: string;
}

const address = (text: string): PairProblem => ({ field: 'address', step: 0, text });
const code = (text: string): PairProblem => ({ field: 'code', step: 1, text });

/** Each way pairing can fail, in words that say what to do, beside the field it concerns. */
export function pairProblem({ code: reason, message }: PairRefusal): PairProblem {
  switch (reason) {
    case 'bad_address': return address('This is not an address. It looks like https://chat.example or http://127.0.0.1:8787.');
    case 'insecure_address': return address('Use https:// here. Plain http:// is only safe on this computer (127.0.0.1 or localhost).');
    case 'unreachable': return address('Nothing answered at this address. Is the companion running, and can this computer reach it?');
    case 'not_a_companion': return address('Something answered, but it is not a Baton companion. Check the address and the port.');
    case 'companion_too_old': return address('This companion is older than the extension understands. Ask who runs it to update it.');
    case 'extension_too_old': return address('This companion is newer than the extension. Update the extension, then connect again.');
    case 'bad_code': return code('The companion does not know this code. Check it letter by letter, or ask for a new one.');
    case 'used_code': return code('This code was used already; each works once. Ask an admin for a new one.');
    case 'expired_code': return code('This code has expired. Ask an admin for a new one.');
    case 'rate_limited': return code(message || 'Too many tries. Wait a minute, then try again.');
    default: return assertNever(reason);
  }
}
