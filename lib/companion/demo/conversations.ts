/** What happens in a demo conversation, in order. `say` and what follows are the visitor's; the bot answers as it does in real life. */
export type Step =
  | { say: string } | { do: 'escalate' } | { accept: true } | { email: string }
  | { agent: 'claim' | 'resolve' } | { reply: string };
export interface DemoConversation { name: string; language: string; page: { path: string; title: string }; minutesAgo: number; nobodyThere?: boolean; steps: readonly Step[] }

/** Three wait, each for another reason and another time; one is done; one left an e-mail. */
export const DEMO_CONVERSATIONS: readonly DemoConversation[] = [
  { name: 'offer', language: 'en', page: { path: '/demo#tents', title: 'Tents' }, minutesAgo: 11, steps: [
    { say: 'Do your tents come with pegs?' },
    { say: 'My Larch 2 arrived with a torn mesh door, can you send a spare panel?' },
    { say: 'The mesh door is torn, I need a spare panel' },
    { accept: true },
  ] },
  { name: 'request', language: 'en', page: { path: '/demo#orders', title: 'Your orders' }, minutesAgo: 5, steps: [
    { say: 'How much is shipping?' },
    { say: 'I was charged twice for order 4711. I want to talk to a person please' },
  ] },
  { name: 'button', language: 'en', page: { path: '/demo#checkout', title: 'Checkout' }, minutesAgo: 1, steps: [
    { say: 'Can I change the delivery address of order 4718? It was sent an hour ago' }, { do: 'escalate' },
  ] },
  { name: 'resolved', language: 'en', page: { path: '/demo#jackets', title: 'Jackets' }, minutesAgo: 95, steps: [
    { say: 'How warm is the Fern jacket?' }, { do: 'escalate' }, { say: 'I am between M and L. Which one fits over a fleece?' },
    { agent: 'claim' }, { reply: 'Hi! Over a fleece I would take the L: the Fern is cut close. Exchanges are free if it is too wide.' }, { say: 'Great, L it is. Thank you!' }, { agent: 'resolve' },
  ] },
  { name: 'e-mail', language: 'en', page: { path: '/demo#backpacks', title: 'Backpacks' }, minutesAgo: 600, nobodyThere: true, steps: [
    { say: 'Is there a warranty?' }, { do: 'escalate' }, { email: 'mia@example.org' },
  ] },
];
