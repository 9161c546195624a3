/**
 * Words about people, made from state and never by a model (law 3). They promise no deadline and no person who was
 * not committed in the same transaction.
 */
export const PHRASES = {
  offer: "I'm not finding an answer. Would you like to talk to a person?",
  offerAfterFeedback: 'Sorry that was no help. Would you like to talk to a person?',
  clarifyAfterFeedback: 'Sorry that was no help. Could you say it in other words, or tell me a little more?',
  point: 'You can reach a person with the "Talk to a person" button below.',
  handoffOff: "I can't connect you to a person in this chat. I'm an assistant and will help as far as I can.",
  clarify: "I don't have an answer to that yet. Could you say it in other words, or tell me a little more?",
  unknown: "I don't know the answer to that.",
  /** The bot's own proposal, not after a miss. */
  offerPlain: 'Would you like to talk to a person?',
} as const;

/** The reason agents read when the customer's own bot asked for a person. */
export const BOT_ASKED = 'the bot asked for a person';
