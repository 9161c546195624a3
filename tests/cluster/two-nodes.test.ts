import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuid } from '#lib/base/uuid.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { until } from '../support/companion.ts';
import { addMember, connectAgent, connectRole, connectVisitor, type AgentClient } from '../support/socket-client.ts';

for (const bus of ['postgres', 'nats'] as const) {
  describe(`two nodes that hear of each other by ${bus}`, () => {
    let cluster: TestCluster;
    let admin: AgentClient;
    beforeAll(async () => {
      cluster = await startTestCluster(bus, { RATE_LIMITS: 'off' });
      admin = await connectRole(cluster.nodes[1], 'admin');
    });
    afterAll(() => cluster?.close());
    const [here, there] = [() => cluster.nodes[0].url, () => cluster.nodes[1].url];

    test('a visitor on one node and an agent on the other talk as if it were one', async () => {
      const visitor = await connectVisitor(here());
      await visitor.until('a person can be reached', () => visitor.state.bot.handoff.available);
      await visitor.ask('How much is shipping?');
      await visitor.act({ type: 'escalate' });
      const { id } = await admin.conversation(visitor, (row) => row.status === 'escalated');
      admin.frame({ type: 'watch', conversationId: id, after: 0 });
      expect(await admin.command({ type: 'conversation.claim', conversationId: id })).toMatchObject({ type: 'ack' });
      visitor.send({ type: 'typing', on: true });
      await admin.next('typing', (frame) => frame.type === 'typing' && frame.who === 'visitor' && frame.on);
      admin.frame({ type: 'typing', conversationId: id, on: true });
      await visitor.next('typing', (frame) => frame.type === 'typing' && frame.by === 'agent' && frame.on);
      await admin.command({ type: 'message.send', conversationId: id, text: 'Hello from the other node', seen: 99 });
      await visitor.until('the reply', () => visitor.lines().some((line) => line.kind === 'said' && line.text === 'Hello from the other node'));
      await visitor.say('Thanks');
      await admin.next('the thanks', (frame) => frame.type === 'messages' && frame.messages.some((one) => one.kind === 'said' && one.text === 'Thanks'));
      expect(visitor.lines().map((line) => line.index)).toEqual(visitor.lines().map((_, at) => at + 1));
    });

    test('many at once on both nodes: every agent holds what a fresh snapshot holds', async () => {
      const other = await connectAgent(here(), admin.device);
      const visitors = await Promise.all(Array.from({ length: 20 }, (_, n) => connectVisitor(n % 2 ? here() : there())));
      await Promise.all(visitors.map(async (visitor, n) => { for (let i = 0; i < 10; i++) await visitor.say(`line ${n} ${i}`); }));
      const fresh = await connectAgent(there(), admin.device);
      const rowsOf = (agent: AgentClient) => [...agent.rows.values()].filter((one) => one.kind === 'conversation').map(({ row }) => row).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      for (const agent of [admin, other]) await agent.until('all of it', () => agent.cursor().seq >= fresh.cursor().seq);
      await until('the same rows', () => JSON.stringify(rowsOf(admin)) === JSON.stringify(rowsOf(other)));
      for (const visitor of visitors) {
        await visitor.until('every line', () => visitor.lines().filter((line) => line.kind === 'said' && line.author.kind === 'visitor').length === 10);
        expect(visitor.lines().map((line) => line.index)).toEqual(visitor.lines().map((_, at) => at + 1));
      }
    });

    test('who is revoked on one node is out on the other within a second', async () => {
      const gone = await addMember(there(), admin, `Mia ${uuid().slice(0, 8)}`, 'agent');
      const elsewhere = await connectAgent(here(), gone.device);
      const began = performance.now();
      await admin.command({ type: 'member.revoke', memberId: gone.memberId });
      expect((await elsewhere.closed).code).toBe(4403);
      expect(performance.now() - began).toBeLessThan(1_000);
    });

    test('settings saved on one node hold on the other', async () => {
      const visitor = await connectVisitor(here());
      const bot = [...admin.rows.values()].find((one) => one.kind === 'bot' && one.row.id === 'pinewood')!.row as never as { id: string; seq: number; name: string; greeting: string; sites: string[]; handoff: object };
      const { name, sites, handoff } = bot;
      expect(await admin.command({ type: 'bot.save', botId: 'pinewood', baseSeq: bot.seq, force: true, settings: { name, sites, handoff, greeting: `Moin ${bus}` } })).toMatchObject({ type: 'ack' });
      await visitor.until('the greeting', () => visitor.state.bot.greeting === `Moin ${bus}`);
    });

    test('claims of one conversation on both nodes at once: one winner, the loser is told who', async () => {
      const ben = await addMember(here(), admin, `Ben ${uuid().slice(0, 8)}`, 'agent');
      for (let round = 0; round < 20; round++) {
        const visitor = await connectVisitor(round % 2 ? here() : there());
        await visitor.act({ type: 'escalate' });
        const { id } = await ben.conversation(visitor, (row) => row.status === 'escalated');
        const answers = await Promise.all([ben, admin].map((one) => one.command({ type: 'conversation.claim', conversationId: id })));
        expect(answers.filter(({ type }) => type === 'ack')).toHaveLength(1);
        const lost = answers.find(({ type }) => type === 'nack');
        const { claim } = await ben.conversation(visitor, (row) => row.claim !== null);
        expect(lost).toMatchObject({ refusal: { code: 'taken', by: claim!.name } });
        await visitor.close();
      }
    });

    test('an agent’s lease holds on the other node when theirs is killed, and a turn that was owed there is taken here', async () => {
      const visitor = await connectVisitor(here());
      await visitor.until('a person can be reached', () => visitor.state.bot.handoff.available);
      await cluster.nodes[1].kill();
      expect(visitor.state.bot.handoff.available).toBe(true);
      await visitor.ask('How much is shipping?');
      await cluster.nodes[1].start();
      admin = await connectAgent(there(), admin.device, admin.cursor());
      expect(visitor.history.some((frame) => frame.type === 'bot' && !frame.bot.handoff.available)).toBe(false);
      expect(admin.history.some((frame) => frame.type === 'feed' && frame.reset)).toBe(false);
    });

    // Over PostgreSQL the bus is the database itself: its loss is tested below.
    test.runIf(bus === 'nats')('with the bus cut, everything still arrives', async () => {
      await cluster.cutBus();
      const visitor = await connectVisitor(here());
      await visitor.act({ type: 'escalate' });
      const { id } = await admin.conversation(visitor, (row) => row.status === 'escalated');
      await admin.command({ type: 'message.send', conversationId: id, text: 'by the store alone', seen: 99, claim: true });
      await visitor.until('the reply', () => visitor.lines().some((line) => line.kind === 'said' && line.text === 'by the store alone'));
    });
  });
}
