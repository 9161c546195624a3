import * as z from 'zod';
import { BotId, ConversationId, KnowledgeId } from './ids.ts';
import { ANSWER_MAX, PHRASINGS_MAX, QUESTION_MAX } from './limits.ts';

export const Question = z.string().trim().min(1).max(QUESTION_MAX);
const Answer = z.string().trim().min(1).max(ANSWER_MAX);
const Phrasings = z.array(Question).max(PHRASINGS_MAX);

/** One thing the bot may answer from: a question with its answer, or a section of a document. */
export const KnowledgeEntry = z.object({
  id: KnowledgeId, botId: BotId, kind: z.enum(['faq', 'document']), title: Question, text: Answer,
  /** The file it came from; null when typed in. */
  file: z.string().max(200).nullable(),
  /** When it was last changed; each change of a bot's knowledge is newer than the one before. */
  at: z.int(),
  /** Other ways to ask for it: what the bot recognises a question by, beside the title. */
  phrasings: Phrasings.optional(),
  /** Somebody's proposal: nothing the bot says before a lead or an admin accepts it. */
  proposed: z.object({ by: z.string(), conversationId: ConversationId.nullable() }).optional(),
});
export type KnowledgeEntry = z.infer<typeof KnowledgeEntry>;
export const KnowledgeList = z.object({ entries: z.array(KnowledgeEntry) });
/** `GET …/knowledge/learning`: answered when the bot has learnt what it is to answer from, or, with `learning` true, after some seconds. */
export const KnowledgeLearning = z.object({ learning: z.boolean() });
export type KnowledgeLearning = z.infer<typeof KnowledgeLearning>;

/**
 * `POST /api/bots/:botId/knowledge`: typed entries and files together; a bad file is refused by name, the rest is kept. A question that is there
 * already gets the new answer, and a file takes the place of the one of its name: what is sent again is there once.
 */
export const KnowledgeAdd = z.object({
  faq: z.array(z.object({ question: Question, answer: Answer, phrasings: Phrasings.optional() })).max(500).optional(),
  files: z.array(z.object({ name: z.string().min(1).max(200), base64: z.string() })).max(20).optional(),
});
export type KnowledgeAdd = z.infer<typeof KnowledgeAdd>;

/** What became of one file: entries that came, whose words changed (same id), that went, that stayed as they were. */
export const FileResult = z.object({ name: z.string(), added: z.int(), changed: z.int(), removed: z.int(), unchanged: z.int(),
  /** What was left out or cut, in words. */
  notes: z.array(z.string()) });
export type FileResult = z.infer<typeof FileResult>;
export const KnowledgeAdded = z.object({
  /** Of the files and of what was typed together. */
  added: z.array(KnowledgeEntry), changed: z.array(KnowledgeEntry), removed: z.int(), unchanged: z.int(),
  files: z.array(FileResult), refused: z.array(z.object({ name: z.string(), reason: z.string() })) });
export type KnowledgeAdded = z.infer<typeof KnowledgeAdded>;

/** `PUT …/knowledge/:id` and `POST …/knowledge/:id/accept`: what it shall say. `at`: of the entry as its author saw it; changed since, it is refused (`stale`). */
export const KnowledgeEdit = z.object({ title: Question, text: Answer, phrasings: Phrasings, at: z.int() });
export type KnowledgeEdit = z.infer<typeof KnowledgeEdit>;
export const KnowledgeKept = z.object({ entry: KnowledgeEntry });

/** `POST …/knowledge/proposals`: an answer that was given to a visitor and would do for others. */
export const KnowledgeProposal = z.object({ question: Question, answer: Answer, phrasings: Phrasings.optional(), conversationId: ConversationId.nullable() });
export type KnowledgeProposal = z.infer<typeof KnowledgeProposal>;

/** One question that visitors asked in these ways; nobody could answer it. */
export const Unanswered = z.object({
  /** As it was asked last. */
  question: z.string(),
  /** How it was asked else, each once. */
  wordings: z.array(z.string()),
  count: z.int().positive(), at: z.int(),
  /** Where, newest first. */
  conversationIds: z.array(ConversationId),
});
export type Unanswered = z.infer<typeof Unanswered>;
/** `GET …/unanswered`: newest first, of the latest that the bot missed. */
export const UnansweredList = z.object({ questions: z.array(Unanswered) });
export type UnansweredList = z.infer<typeof UnansweredList>;
