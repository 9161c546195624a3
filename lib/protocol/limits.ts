import { DAY } from '#lib/base/time.ts';

/** Text limits in UTF-16 units, shown while typing and enforced by the server. */
export const MESSAGE_MAX = 4_000;
export const OFFLINE_MESSAGE_MAX = 500;
export const LABEL_MAX = 60;
export const NAME_MAX = 80;
/** A frame is refused unread above this, in bytes. */
export const FRAME_MAX = 64 * 1024;
/** A knowledge file is refused by name above this, in bytes. */
export const KNOWLEDGE_FILE_MAX = 2 * 1024 * 1024;
/** A question, a title or another way to ask, in UTF-16 units. */
export const QUESTION_MAX = 300;
/** What the bot may say at once, in UTF-16 units. */
export const ANSWER_MAX = 20_000;
/** Other ways to ask for one answer. */
export const PHRASINGS_MAX = 50;
/** Entries of one bot: learning more of them takes longer than anybody waits. */
export const KNOWLEDGE_ENTRIES_MAX = 5_000;
/** All entries of one bot together, in UTF-16 units: they are read at once. */
export const KNOWLEDGE_TEXT_MAX = 5 * 1024 * 1024;
/** Proposals of one bot that nobody has looked at yet. */
export const PROPOSALS_MAX = 200;
/** Retention, ms: a shorter one would be a slip of the finger that cannot be undone; a longer one is never. */
export const DELETE_AFTER_LEAST = DAY;
export const DELETE_AFTER_MOST = 3_650 * DAY;
/** What an admin tells a chat model, in UTF-16 units. */
export const INSTRUCTIONS_MAX = 4_000;
export const POLICY_WORDS_MAX = 80;
/** Lines before the message in "Try the detector": each is a turn of the bot. */
export const TRY_EARLIER_MAX = 10;
/** Conversations of one replay in the Trigger lab: each costs about what it cost when it was new. */
export const REPLAY_DEFAULT = 200;
export const REPLAY_MAX = 500;
