import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Never labelled by workspace, bot or person: the number of series stays small. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    connections: new Gauge({ name: 'baton_connections', help: 'Open websockets', labelNames: ['kind'], registers }),
    frames: new Counter({ name: 'baton_frames_total', help: 'Frames received', labelNames: ['kind'], registers }),
    refused: new Counter({ name: 'baton_refused_total', help: 'Frames and commands refused, by code', labelNames: ['code'], registers }),
    commits: new Counter({ name: 'baton_commits_total', help: 'Acts committed', registers }),
    commitSeconds: new Histogram({ name: 'baton_commit_seconds', help: 'From an act to its durable commit', buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1], registers }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
