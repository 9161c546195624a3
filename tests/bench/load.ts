import { uuid } from '#lib/base/uuid.ts';
import { percentile } from './figure.ts';
import { cpuSeconds } from './process-cost.ts';
import type { Rig } from './rig.ts';

export interface Saturation { perSecond: number; cpuUsPerMessage: number }
/** Each visitor keeps this many messages unacknowledged: enough to never let the server wait. */
const WINDOW = 4;

/** Closed loop at full speed for `seconds`: durable (acknowledged) messages per second and server CPU for each. */
export function saturate(rig: Rig, seconds: number): Promise<Saturation> {
  return new Promise((resolve) => {
    const owner = new Map<string, number>();
    let acked = 0;
    let running = true;
    const next = (n: number): void => {
      const id = uuid();
      owner.set(id, n);
      rig.say(n, id);
    };
    rig.onAck((id) => {
      const n = owner.get(id);
      if (n === undefined) return;
      owner.delete(id);
      acked++;
      if (running) next(n);
    });
    for (let n = 0; n < rig.visitors; n++) for (let i = 0; i < WINDOW; i++) next(n);
    const cpu = (): number => rig.pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
    const cpuBefore = cpu();
    const ackedBefore = acked;
    const started = performance.now();
    setTimeout(() => {
      running = false;
      const messages = acked - ackedBefore;
      resolve({ perSecond: messages / ((performance.now() - started) / 1000), cpuUsPerMessage: ((cpu() - cpuBefore) * 1e6) / messages });
    }, seconds * 1000);
  });
}

export interface Latency { p50: number; p95: number; p99: number }

/** Open loop at `rate` messages a second: ms from send to arrival on the other side. */
export function latency(rig: Rig, direction: 'say' | 'reply', rate: number, seconds: number): Promise<Latency> {
  return new Promise((resolve) => {
    const sent = new Map<string, number>();
    const taken: number[] = [];
    (direction === 'say' ? rig.onAgent : rig.onVisitor)((id) => {
      const at = sent.get(id);
      if (at === undefined) return;
      sent.delete(id);
      taken.push(performance.now() - at);
    });
    let n = 0;
    const started = performance.now();
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - started) / 1000) * rate);
      for (; n < due; n++) {
        const id = uuid();
        sent.set(id, performance.now());
        rig[direction](n % rig.visitors, id);
      }
      if (performance.now() - started < seconds * 1000) return;
      clearInterval(timer);
      // What is still on its way counts as late, not as never: wait for the last one, at most 5 s.
      const drain = setInterval(() => {
        if (sent.size > 0 && performance.now() - started < (seconds + 5) * 1000) return;
        clearInterval(drain);
        for (const at of sent.values()) taken.push(performance.now() - at);
        resolve({ p50: percentile(taken, 50), p95: percentile(taken, 95), p99: percentile(taken, 99) });
      }, 20);
    }, 2);
  });
}
