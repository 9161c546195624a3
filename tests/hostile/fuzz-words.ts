import { BadWords, parseAsked } from '#lib/companion/operator/asked.ts';
import type { Chance } from './chance.ts';
import { payloads } from './corpus.ts';
import type { Family } from './family.ts';

const WORDS = ['member', 'add', 'list', 'code', 'revoke', 'backup', 'restore', 'move', 'new-epoch', '--role', '--role=admin', '--role=', 'admin', 'agent', 'root', '--data', '--data=/x', '--to', '--to=postgres://a/b', 'postgres://u:p@h/d', '--force', '--force=1', '--help', '-h', '-hh', '--', '-', '', ' ', '--__proto__', '--constructor=x', '--no-force', '-x', '\0', 'Mara', ...payloads('http://127.0.0.1:9').map(({ text }) => text)];

/** Whatever is typed behind `npm run baton --`: understood, or refused in words. */
export const words = (): Family<string[]> => ({
  name: 'command line',
  make: (chance: Chance) => [...(chance.oneIn(2) ? ['member', chance.pick(['add', 'list', 'code', 'revoke'])] : []), ...Array.from({ length: chance.below(5) }, () => chance.pick(WORDS))],
  check(argv) {
    try {
      const { asked } = parseAsked(argv);
      if (asked.noun !== 'member') return true;
      if (asked.request.do === 'add' && !['agent', 'lead', 'admin'].includes(asked.request.role)) return 'a member of no role';
      return asked.request.do === 'list' || asked.request.name.trim() !== '' || 'a member without a name';
    } catch (error) {
      if (!(error instanceof BadWords)) throw error;
      return error.message.length > 5 ? false : 'a refusal without words';
    }
  },
});
