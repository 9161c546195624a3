import fc from 'fast-check';
import type { Chance } from './chance.ts';
import { payloads } from './corpus.ts';

/** What lies at an edge of what a field may hold, or is of another kind altogether. */
const EDGES: unknown[] = [null, true, false, 0, -0, -1, 1, 1.5, 1e21, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), Number.MIN_VALUE, '', ' ', '\0', '\uD800', 'x'.repeat(65), 'x'.repeat(4_001),
  '0', '1e999', 'null', '__proto__', 'constructor', 'hasOwnProperty', 'toString', '../../etc/passwd', 'a\r\nb: c', [], [[]], {}, { length: 1e9 }, { toString: 'x' }, { then: 1 }, { constructor: { prototype: { x: 1 } } }];
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'type', 'id', 'kind', 'seq', '', 'length', 'then', 'toJSON', '\0', 'x'.repeat(300)];
/** Texts that a spliced byte sequence may bring into the middle of a frame. */
const SPLICES = ['"', '\\', '{', '}', '[', ']', ',', ':', '\\u0000', '\\ud800', '\\udc00\\ud800', '"__proto__":{"x":1},', '"type":"ping",', '"type":"hello",', '1e999', '-', 'NaN', 'Infinity', '/**/', '\u2028', '\0', '\uFEFF', '[['.repeat(40), '{"a":'.repeat(40)];

/** Values for any place: edges, the corpus, and what fast-check makes of the seed. */
export function createValues(seed: number): readonly unknown[] {
  const made = fc.sample(fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)), fc.double(), fc.bigInt().map(String), fc.date({ noInvalidDate: true }).map((at) => at.toISOString())), { seed, numRuns: 1_500 });
  return [...EDGES, ...EDGES, ...payloads('http://127.0.0.1:9').map(({ text }) => text), ...made];
}

type Holder = Record<string | number, unknown>;
/** Every place of a JSON value where something can stand. */
function places(value: unknown, found: { holder: Holder; key: string | number }[] = []): { holder: Holder; key: string | number }[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push({ holder: value as Holder, key });
    places((value as Holder)[key], found);
  }
  return found;
}

/** A copy of a good value with one to three things wrong in it. */
export function mutateJson(chance: Chance, good: unknown, values: readonly unknown[]): unknown {
  const copy: unknown = structuredClone(good);
  /** Each time anew: what is put in is changed by the next turn. */
  const value = (): unknown => structuredClone(chance.pick(values));
  for (let times = 1 + chance.below(3); times > 0; times--) {
    const all = places(copy);
    if (all.length === 0) return value();
    const { holder, key } = chance.pick(all);
    switch (chance.below(6)) {
      case 0: if (Array.isArray(holder)) holder.splice(Number(key), 1); else delete holder[key]; break;
      case 1: if (!Array.isArray(holder)) Object.defineProperty(holder, chance.pick(KEYS), { value: value(), enumerable: true, configurable: true, writable: true }); break;
      case 2: holder[key] = Array.from({ length: chance.below(40) }, () => value()); break;
      case 3: holder[key] = deep(chance.below(60), value()); break;
      default: holder[key] = value();
    }
  }
  return copy;
}

function deep(levels: number, inside: unknown): unknown {
  let value = inside;
  for (let at = 0; at < levels; at++) value = at % 2 ? [value] : { a: value };
  return value;
}

/** A copy with bytes flipped, cut, doubled, moved or spliced in. */
export function mutateBytes(chance: Chance, good: Uint8Array): Buffer {
  let bytes = Buffer.from(good);
  for (let times = 1 + chance.below(4); times > 0; times--) {
    const at = chance.below(bytes.length + 1);
    const to = Math.min(bytes.length, at + chance.below(24));
    switch (chance.below(6)) {
      case 0: if (bytes.length > 0) bytes[at % bytes.length] = chance.below(256); break;
      case 1: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]); break;
      case 2: bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]); break;
      case 3: bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(chance.pick(SPLICES)), bytes.subarray(at)]); break;
      case 4: bytes = bytes.subarray(0, at); break;
      default: if (bytes.length > 0) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << chance.below(8));
    }
  }
  return bytes;
}

export const randomBytes = (chance: Chance, most: number): Buffer => Buffer.from(Array.from({ length: chance.below(most) }, () => chance.below(256)));

/** The same JSON with one of its keys said twice, which no object can hold. */
export function doubledKey(chance: Chance, json: string, values: readonly unknown[]): string {
  const keys = [...json.matchAll(/"(\w+)":/g)];
  if (keys.length === 0) return json;
  const [whole, key] = chance.pick(keys);
  return json.replace(whole, () => `"${key}":${JSON.stringify(chance.pick(values)) ?? 'null'},${whole}`);
}

/**
 * One text for a parser of JSON: a good one as it is, one thing wrong, a key twice, bytes wrong, or noise.
 * @param mostGood one in this many stays good
 */
export function hostileJson(chance: Chance, good: unknown, values: readonly unknown[], mostGood = 20): Buffer {
  if (chance.oneIn(mostGood)) return Buffer.from(JSON.stringify(good));
  switch (chance.below(10)) {
    case 0: return randomBytes(chance, 200);
    case 1: case 2: return mutateBytes(chance, Buffer.from(JSON.stringify(good)));
    case 3: return Buffer.from(doubledKey(chance, JSON.stringify(good), values));
    case 4: return Buffer.from(JSON.stringify(chance.pick(values)) ?? '');
    default: return Buffer.from(JSON.stringify(mutateJson(chance, good, values)) ?? '');
  }
}
