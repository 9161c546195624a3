/** Every word of the widget, in one place for translation. */
export const WORDS = {
  title: 'Chat', open: 'Open chat', unread: (count: number) => `Open chat, ${count} new`, close: 'Close chat',
  log: 'Conversation', message: 'Your message', placeholder: 'Write a message', send: 'Send', you: 'You', assistant: 'Assistant',
  from: (titles: string) => `From: ${titles}`, helpful: 'Helpful', notHelpful: 'Not helpful', feedback: 'Was this helpful?',
  talk: 'Talk to a person', yes: 'Yes, a person', keep: 'Keep trying', back: 'Back to the assistant',
  queued: "You're in the queue. Someone from the team will join.", place: (place: number) => place === 1 ? "You're next in the queue." : `You're number ${place} in the queue.`,
  joined: (label: string) => `${label} joined`, left: (label: string) => `${label} left`,
  returned: "You're back with the assistant", resolved: 'This conversation was resolved. Write again if you need more.', reopened: 'The conversation was reopened',
  emailLeft: (email: string) => `You left your email: ${email}`, email: 'Your email', leave: 'Leave email', badEmail: 'Please enter an email address like ana@example.com.',
  thanks: (email: string) => `Thanks. We'll reply by email to ${email}`, change: 'Change',
  busy: 'Everyone is busy. Leave your email or keep waiting.', connecting: 'Connecting…', reconnecting: 'Reconnecting…',
  failed: 'Not sent.', retry: 'Retry', sending: 'Sending…', refused: 'This chat is not available here.',
  deleted: 'Your earlier conversation was deleted. You can start a new one.',
  typing: (who: string) => `${who} is typing…`, left4000: (count: number) => `${count} characters left`, tooLong: (count: number) => `${count} characters too many`,
} as const;
