/** Inputs per family in `npm test`; `npm run torture` brings its own number. */
export const RUNS = 50_000;
/** Fixed, so that a failure is the same again; `HOSTILE_SEED` tries another. */
export const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261);
