/**
 * Failures that really happened in this field, each with the guard that keeps it from happening here and the test that
 * holds the guard. `prove.ts` takes the guard out and demands that the test fails. Evidence ids are public issues.
 */
export interface Failure {
  /** What happened, and where it is told. */
  failure: string;
  file: string; find: string; replace: string;
  /** `name` is a part of the test's name; empty where the tests of the file build on each other. */
  test: { file: string; name: string };
}

const STORE = 'lib/companion/store/embedded.test.ts';
const HANDOFF = 'tests/integration/handoff.test.ts';

export const FAILURES: readonly Failure[] = [
  // Missed after a reconnect
  { failure: 'chatwoot#14934: after a reconnect a window of time was fetched, and a colleague’s reply outside it was never seen',
    file: 'lib/sync/apply.ts', find: "else if (frame.from > (held ?? 0)) return 'hole';", replace: '',
    test: { file: 'lib/sync/apply.test.ts', name: 'any splits, doubles, reorders and losses of a feed end in the state of the server' } },
  { failure: 'chatwoot#9757: a push that got lost was never asked for again',
    file: 'lib/companion/follow.ts', find: 'if (head > held) read();', replace: '',
    test: { file: 'lib/companion/follow.test.ts', name: 'whatever hints are lost' } },
  { failure: 'mattermost#23332: the visitor’s list showed a message after a gap, and the gap stayed',
    file: 'lib/widget/timeline.ts', find: 'if (frame.from > ', replace: 'if (frame.from > 1e9 + ',
    test: { file: 'lib/widget/timeline.test.ts', name: 'a frame that leaves a hole is not applied' } },
  { failure: 'rocicorp/todo-nextjs#13: a server restored from a backup, and clients whose cursors were ahead of it stood still',
    file: 'lib/companion/socket/agent.ts', find: 'if (hello.cursor?.epoch === core.store.epoch && ', replace: 'if (hello.cursor && ',
    test: { file: 'tests/integration/durability.test.ts', name: 'holes are filled from any place' } },
  // Doubled
  { failure: 'zulip#15985: a message sent again after a lost answer stood there twice',
    file: 'lib/companion/store/run-op.ts', find: '  if (before) return before;', replace: '',
    test: { file: STORE, name: 'a message, a reply and a note sent twice' } },
  { failure: 'zulip#31219: a retried command was done a second time, for want of a remembered id',
    file: 'lib/companion/store/run-op.ts', find: 'if (!isRemembered(op)) return;', replace: 'return;',
    test: { file: STORE, name: 'a command sent twice, together and after reopening' } },
  { failure: 'zulip#31219: an id used again for another command was taken for the first one',
    file: 'lib/companion/store/run-op.ts', find: 'if (row.digest !== digestOf(op)) ', replace: 'if (row.digest === "") ',
    test: { file: STORE, name: 'an id used again for something else is refused' } },
  { failure: 'openclaw#87728: a late or doubled row put an older state over a newer one',
    file: 'lib/db/rows.ts', find: 'bulkPut(wanted.filter((row, at) => (held[at]?.seq ?? -1) < row.seq))', replace: 'bulkPut(wanted)',
    test: { file: 'lib/db/rows.test.ts', name: 'a row that comes late, or twice, puts no older state over a newer one' } },
  { failure: 'rocket.chat: a request for a person clicked twice was two requests',
    file: 'lib/handoff/escalate.ts', find: "if (standing.shown === 'queued' && book.conversation.floor === 'team') return;", replace: '',
    test: { file: HANDOFF, name: 'the button, clicked twice and retried with the same ids, is one escalation' } },
  // Two agents, one chat
  { failure: 'RocketChat#22206: two agents took the same chat',
    file: 'lib/handoff/claim.ts', find: "if (held) return refuse('taken',", replace: "if (held && now < 0) return refuse('taken',",
    test: { file: STORE, name: 'of two agents who claim 500 conversations at once' } },
  { failure: 'chatwoot#14934: a second agent answered blind, beside the colleague’s reply',
    file: 'lib/handoff/member-act.ts', find: 'if (unseen && !act.force)', replace: 'if (unseen && act.seen < 0)',
    test: { file: HANDOFF, name: 'a second answer is held until its author forces it' } },
  { failure: 'RocketChat#37776: an agent let go of a chat that was a colleague’s',
    file: 'lib/handoff/member-act.ts', find: "if (!held || held.memberId === actor.id || isAtLeast(actor.role, 'lead')) return null;", replace: 'if (held !== undefined) return null;',
    test: { file: HANDOFF, name: 'release puts it back in the queue; only its owner or a lead may' } },
  // Bot beside the person
  { failure: 'rasa-agent-bot-demo#12: the bot went on answering beside the agent',
    file: 'lib/handoff/claim.ts', find: "floor: 'team', owed: null, claim:", replace: 'claim:',
    test: { file: 'lib/companion/bot/runner.test.ts', name: 'an answer still under way when an agent claims is dropped' } },
  { failure: 'fazer-ai/agents#457: after the hand-back the bot stayed silent for ever',
    file: 'lib/handoff/back-to-bot.ts', find: "book.set({ status: 'open', floor: 'bot',", replace: "book.set({ status: 'open',",
    test: { file: HANDOFF, name: 'returned to the bot, the bot answers again' } },
  { failure: 'fazer-ai/agents#158: a turn owed from before a restart was never taken',
    file: 'lib/companion/bot/runner.ts', find: '.owed) kick(one); },', replace: '.owed.slice(1e9)) kick(one); },',
    test: { file: 'lib/companion/bot/runner.test.ts', name: 'turns owed from before a restart are taken up' } },
  // Stuck online, stuck offline
  { failure: 'chatwoot#6631: an agent whose browser was gone stayed online',
    file: 'lib/companion/socket/leases.ts', find: 'lease.timer = endAfter(id, lease.until - Date.now());', replace: '',
    test: { file: 'lib/companion/socket/leases.test.ts', name: 'a member stays reachable for the lease after the last socket closed' } },
  { failure: 'RocketChat#20899: the last agent left, and the visitor was promised one all the same',
    file: 'lib/handoff/availability.ts', find: "if (connected === 0 && !bot.handoff.keepOn) return 'nobody_connected';", replace: '',
    test: { file: 'tests/integration/availability.test.ts', name: '' } },
  { failure: 'CrossPaste#4223: a socket that was dead held its owner online',
    file: 'lib/companion/socket/peer.ts', find: 'if (silent) socket.terminate();', replace: 'if (silent) return;',
    test: { file: 'tests/chaos/silence.test.ts', name: 'finds a half-open connection within 30 s' } },
  { failure: 'workadventure#2391: the browser never noticed that the connection was dead',
    file: 'lib/sync/connection.ts', find: 'deadline = setTimeout(() => late(what), DEADLINE_MS);', replace: '',
    test: { file: 'tests/chaos/silence.test.ts', name: 'finds a half-open connection within 30 s' } },
  { failure: 'rocketchat#10172: a restart of the server made everybody offline until they came back',
    file: 'lib/companion/keep-leases.ts', find: '  await read();\n', replace: '',
    test: { file: 'tests/integration/availability.test.ts', name: '' } },
  // Storage of the browser
  { failure: 'element-web#9109: IndexedDB vanished in silence, and unsent messages with it',
    file: 'lib/sync/spare.ts', find: 'if (kept.length > 0) await restore(kept);', replace: '',
    test: { file: 'lib/sync/spare.test.ts', name: 'a database that comes back empty' } },
  { failure: 'freescout#2347: blocked storage of a third-party page stopped the chat',
    file: 'lib/widget/storage.ts', find: 'return otherwise; // blocked or full: memory has it', replace: "throw new Error('blocked');",
    test: { file: 'lib/widget/outbox.test.ts', name: '' } },
  // Herds
  { failure: 'streamlit#15902: jitter below the cap only, so that at the cap everybody came back together',
    file: 'lib/base/backoff.ts', find: 'Math.floor(random * Math.min(', replace: 'Math.floor((0.95 + random / 20) * Math.min(',
    test: { file: 'lib/base/backoff.test.ts', name: 'the spread doubles until the cap and stays full at the cap' } },
  // Strangers
  { failure: 'RocketChat#21074: whoever knew a visitor’s id could act in their room',
    file: 'lib/companion/store/run-op.ts', find: "if (op.kind === 'visitor' && isStranger(ground, op))", replace: "if (op.kind === 'visitor' && op.id === '')",
    test: { file: STORE, name: 'message id and text do not open their conversation' } },
  { failure: 'RocketChat#40501: what belongs to the team was handed to visitors by the API',
    file: 'lib/companion/socket/for-visitor.ts', find: "if (message.kind !== 'said' || message.author.kind !== 'agent') return message;", replace: 'return message;',
    test: { file: 'tests/integration/privacy.test.ts', name: 'no frame and no HTTP answer a visitor can get holds a note' } },
  { failure: 'LHC CVE-2025-51403: what a visitor’s page reports became a link that runs',
    file: 'components/why/words.ts', find: "/^https?:$/.test(URL.parse(url)?.protocol ?? '')", replace: 'URL.canParse(url)',
    test: { file: 'components/why/words.test.ts', name: 'only web pages become links' } },
  { failure: 'chatwoot#14489: a webhook address led into the private network',
    file: 'lib/companion/outgoing/outgoing.ts', find: 'if (isListed(url) || addresses.every(isPublic)) return first;', replace: 'if (isListed(url) || addresses.some(isPublic)) return first;',
    test: { file: 'lib/companion/outgoing/outgoing.test.ts', name: 'a name that resolves to' } },
  { failure: 'chatwoot#13682: a visitor could ask as fast as a program can',
    file: 'lib/companion/socket/visitor-limits.ts', find: 'write.take(now) && addresses.take(address, now)', replace: 'true',
    test: { file: 'tests/integration/access.test.ts', name: 'with limits on' } },
  { failure: 'RocketChat#35399: what was deleted came back from a client or an answer on its way',
    file: 'lib/sync/apply.ts', find: "if (await isGone(tables, frame.conversationId)) return 'ignored';", replace: '',
    test: { file: 'lib/sync/apply.test.ts', name: 'nothing brings a deleted conversation back' } },
  { failure: 'chatwoot#12526: retention took what somebody was still waiting for',
    file: 'lib/handoff/retention.ts', find: "(status === 'resolved' || status === 'archived') && ", replace: '',
    test: { file: 'lib/handoff/retention.test.ts', name: 'retention never deletes an open or escalated conversation' } },
  { failure: 'a stolen copy of a rotated token went on working (OWASP, session management)',
    file: 'lib/companion/devices.ts', find: 'if (device.tokenHash !== hash && Date.now() - device.rotatedAt > PREVIOUS_MS) {', replace: 'if (device.tokenHash !== hash && Date.now() < 0) {',
    test: { file: 'tests/integration/durability.test.ts', name: 'a token older than a day is replaced on connect' } },
];
