import type { Core } from '../core.ts';

const EXTENSION = /^(chrome|moz)-extension:\/\//;

/**
 * May a visitor from this origin use the channel `playground`, whatever sites the bot lists? Only from a page of an
 * extension that somebody of the team paired (.github/design/playground.md says why that is enough). Never a web page:
 * browsers send its own origin, so the list of sites holds for it.
 */
export const mayPlay = async (core: Pick<Core, 'store'>, origin: string): Promise<boolean> => EXTENSION.test(origin) && await core.store.hasDevice(origin);
