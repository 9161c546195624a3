import { expectTypeOf, test } from 'vitest';
import type * as z from 'zod';
import type { HttpError } from '#lib/protocol/http.ts';
import type { VisitorPoll, VisitorPost, VisitorPosted } from '#lib/protocol/visitor-api.ts';
import type { VisitorCommand, VisitorDown, VisitorUp } from '#lib/protocol/visitor.ts';
import type * as published from './visitor-api.d.ts';

/** One object type instead of an intersection, so that both sides are written the same way. */
type Flat<T> = T extends object ? { [K in keyof T]: T[K] } : T;

// The inputs of the schemas: what they give out is the same with brands on the ids. `tsc` fails here when the two part.
test('what is published is what the schemas say', () => {
  expectTypeOf<published.Up>().toEqualTypeOf<z.input<typeof VisitorUp>>();
  expectTypeOf<published.Down>().toEqualTypeOf<z.input<typeof VisitorDown>>();
  expectTypeOf<published.Command>().toEqualTypeOf<z.input<typeof VisitorCommand>>();
  expectTypeOf<Flat<published.PostBody>>().toEqualTypeOf<Flat<z.input<typeof VisitorPost>>>();
  expectTypeOf<published.Posted>().toEqualTypeOf<z.input<typeof VisitorPosted>>();
  expectTypeOf<published.Poll>().toEqualTypeOf<z.input<typeof VisitorPoll>>();
  expectTypeOf<published.HttpError>().toEqualTypeOf<z.input<typeof HttpError>>();
});
