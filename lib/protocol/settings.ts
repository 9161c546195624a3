import * as z from 'zod';
import { BotId, MemberId, WorkspaceId } from './ids.ts';
import { DELETE_AFTER_LEAST, DELETE_AFTER_MOST, INSTRUCTIONS_MAX, LABEL_MAX, MESSAGE_MAX, NAME_MAX, OFFLINE_MESSAGE_MAX, POLICY_WORDS_MAX } from './limits.ts';

export const DEFAULT_OFFLINE_MESSAGE = "Our team is offline right now. Leave your email and we'll get back to you.";
export const DEFAULT_AGENT_LABEL = 'Support Agent';

export const MODES = ['button', 'auto', 'both'] as const;
export const TriggerMode = z.enum(MODES);
export type TriggerMode = z.infer<typeof TriggerMode>;

export const HandoffSettings = z.object({
  enabled: z.boolean(), mode: TriggerMode,
  /** Empty: the default is used. */
  offlineMessage: z.string().trim().max(OFFLINE_MESSAGE_MAX),
  /** Empty: the default is used. */
  agentLabel: z.string().trim().max(LABEL_MAX),
  /** Law 9: keep handoff on even while no agent is connected. */
  keepOn: z.boolean(),
});
export type HandoffSettings = z.infer<typeof HandoffSettings>;

export const ENGINES = ['embedded', 'model', 'webhook'] as const;
/** An address of a service: read again, and guarded, when it is called (lib/companion/outgoing). */
const Address = z.string().trim().max(500).regex(/^https?:\/\/[^\s/]+/, 'an address looks like https://api.example.com/v1');
const Model = z.string().trim().min(1).max(200);
/**
 * Who answers: the knowledge base alone; a chat model at an OpenAI-compatible address (`https://api.example.com/v1`); or
 * the customer's own bot behind a signed webhook. Keys are kept apart (secret.ts).
 */
export const Engine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('embedded') }),
  z.object({ kind: z.literal('model'), baseUrl: Address, model: Model,
    /** What the admin tells the model about tone and task. */
    instructions: z.string().trim().max(INSTRUCTIONS_MAX) }),
  z.object({ kind: z.literal('webhook'), url: Address }),
]);
export type Engine = z.infer<typeof Engine>;

export const POLICY_ACTS = ['offer', 'escalate'] as const;
/** Words or a phrase, as they are (no pattern), that mean a person should be offered or fetched. */
export const Policy = z.object({ words: z.string().trim().min(2).max(POLICY_WORDS_MAX), act: z.enum(POLICY_ACTS) });
export type Policy = z.infer<typeof Policy>;

/** When the bot takes itself to be unable to help. */
export const Detection = z.object({
  /** Of the questions the knowledge base does answer, the share that may be asked back or offered a person: more = offer sooner. */
  falseReject: z.number().min(0.02).max(0.5),
  policies: z.array(Policy).max(100),
  /** The semantic tier: an OpenAI-compatible embeddings endpoint; null: the default tier alone. */
  embedder: z.object({ baseUrl: Address, model: Model }).nullable(),
});
export type Detection = z.infer<typeof Detection>;
export const DEFAULT_DETECTION: Detection = { falseReject: 0.15, policies: [], embedder: null };

/** `https://shop.example`, or `*` for any: an origin as browsers send it. */
export const Site = z.string().trim().max(200).regex(/^(\*|https?:\/\/[^/\s]+)$/, 'a site looks like https://shop.example, or * for any');

export const BotSettings = z.object({
  name: z.string().trim().min(1).max(NAME_MAX),
  greeting: z.string().trim().max(MESSAGE_MAX),
  sites: z.array(Site).max(50),
  handoff: HandoffSettings,
  /** Absent (older clients and rows): whatever is set stays, and unset is the embedded one. */
  engine: Engine.optional(),
  /** Absent: as `engine`; unset is DEFAULT_DETECTION. */
  detection: Detection.optional(),
});
export type BotSettings = z.infer<typeof BotSettings>;

/** The human intent behind "Agents available" (law 9): nothing but a person or the hours schedule switches it. */
export const Availability = z.object({ on: z.boolean(), by: z.object({ id: MemberId, name: z.string() }).nullable(), at: z.int() });
export type Availability = z.infer<typeof Availability>;

export const Bot = BotSettings.extend({ id: BotId, seq: z.int().positive(), availability: Availability, createdAt: z.int() });
export type Bot = z.infer<typeof Bot>;

export const WorkspaceSettings = z.object({
  name: z.string().trim().min(1).max(NAME_MAX),
  /** Agents too may switch "Agents available". */
  agentsMaySwitch: z.boolean(),
  /** Law 10: after this long in the queue the widget offers the e-mail field. */
  waitingTooLongMs: z.int().min(1_000),
  /** Law 6: a claim without a sign of work is released; 0 = never. */
  claimIdleMs: z.int().min(0),
  /** A visitor line within this time of a resolve reopens it. */
  reopenWithinMs: z.int().min(0),
  /** Resolved conversations are archived after this; 0 = never. */
  archiveAfterMs: z.int().min(0),
  /**
   * Resolved and archived conversations without a line for so long are deleted; 0 = never. Absent (older clients and
   * rows): whatever is set stays, and unset is never.
   */
  deleteAfterMs: z.int().max(DELETE_AFTER_MOST).refine((ms) => ms === 0 || ms >= DELETE_AFTER_LEAST, 'is 0 (never) or at least a day').optional(),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;
export const Workspace = WorkspaceSettings.extend({ id: WorkspaceId, seq: z.int().positive() });
export type Workspace = z.infer<typeof Workspace>;

export const ROLES = ['agent', 'lead', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
export const Member = z.object({ id: MemberId, seq: z.int().positive(), name: z.string().min(1).max(NAME_MAX), role: Role, revokedAt: z.int().nullable() });
export type Member = z.infer<typeof Member>;
