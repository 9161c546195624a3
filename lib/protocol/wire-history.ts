/**
 * Each shape the wire has had, oldest first; wire.test.ts compares the last with what the schemas say now. A change
 * either raises PROTOCOL_VERSION (`additive: null`) or says why a peer of the version before reads it all the same:
 * a field is optional, a kind of row or frame is left out by who does not know it.
 */
export const WIRE_HISTORY: readonly { version: number; hash: string; additive: string | null }[] = [
  { version: 2, hash: '3fa0f241e42d2927', additive: null },
  { version: 2, hash: 'e9d19a67dcab02a2', additive: 'a command to delete a visitor, an optional setting for retention, and the audit over HTTP: peers that do not know them neither send nor miss them' },
  { version: 2, hash: 'af2a89f00f8b3b2b', additive: 'optional settings of who answers and when a person is offered: a peer that does not know them leaves them as they are' },
];
