import type { SmallTalk } from '#lib/detect/small-talk.ts';

/** Promises nothing and names nobody (law 3). */
export const SMALL_TALK_REPLIES: Record<SmallTalk, string> = {
  greeting: 'Hi! What can I help you with?',
  thanks: "You're welcome!",
  bye: 'Goodbye, and thanks for stopping by.',
  acknowledgement: 'Alright. Is there anything else you would like to know?',
  how_are_you: "I'm doing well, thank you. What can I help you with?",
  identity: "I'm an assistant, not a person. I answer from what I was given to read. What would you like to know?",
};
