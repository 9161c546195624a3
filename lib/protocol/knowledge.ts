import * as z from 'zod';
import { BotId, ConversationId, KnowledgeId } from './ids.ts';

const PHRASINGS_MAX = 50;
const Phrasing = z.string().trim().min(1).max(300);

/** One thing the bot may answer from: a question with its answer, or a section of a document. */
export const KnowledgeEntry = z.object({
  id: KnowledgeId, botId: BotId, kind: z.enum(['faq', 'document']), title: z.string().trim().min(1).max(300), text: z.string().trim().min(1).max(20_000),
  /** The file it came from; null when typed in. */
  file: z.string().max(200).nullable(),
  /** When it was last changed. */
  at: z.int(),
  /** Other ways to ask for it: what the bot recognises a question by, beside the title. */
  phrasings: z.array(Phrasing).max(PHRASINGS_MAX).optional(),
  /** Somebody's proposal: nothing the bot says before a lead or an admin accepts it. */
  proposed: z.object({ by: z.string(), conversationId: ConversationId.nullable() }).optional(),
});
export type KnowledgeEntry = z.infer<typeof KnowledgeEntry>;
export const KnowledgeList = z.object({ entries: z.array(KnowledgeEntry) });

/**
 * `POST /api/bots/:botId/knowledge`: typed entries and files together; a bad file is refused by name, the rest is kept. A question that is there
 * already gets the new answer, and a file takes the place of the one of its name: what is sent again is there once.
 */
export const KnowledgeAdd = z.object({
  faq: z.array(z.object({ question: z.string().trim().min(1).max(300), answer: z.string().trim().min(1).max(20_000) })).max(500).optional(),
  files: z.array(z.object({ name: z.string().min(1).max(200), base64: z.string() })).max(20).optional(),
});
export type KnowledgeAdd = z.infer<typeof KnowledgeAdd>;
export const KnowledgeAdded = z.object({ added: z.array(KnowledgeEntry), refused: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Entries that the new version of a file has no more. */
  removed: z.int().optional() });
export type KnowledgeAdded = z.infer<typeof KnowledgeAdded>;
