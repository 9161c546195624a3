import { createBucket, createBuckets } from './bucket.ts';

/** A person writes no faster; a request for a person is rarer still, and has its own so that it is never starved. */
const [WRITES, REQUESTS] = [[10, 2], [5, 0.2]] as const;

/** How fast visitors may write and ask, by socket and by HTTP. Asked before anything is read. */
export interface VisitorLimits {
  /** For one chat window. */
  window(address: string): (type: string, now: number) => boolean;
  /** For one request; a visitor is known by the id they give. */
  mayCall(type: string, address: string, visitor: string, now: number): boolean;
  mayRead(address: string, now: number): boolean;
  /** Hints to the admin in the log. */
  mayHint(now: number): boolean;
}

/** @param isOn false: everything may */
export function createVisitorLimits(isOn: boolean): VisitorLimits {
  const [addresses, reads, hints] = [createBuckets(120, 30), createBuckets(120, 30), createBucket(20, 0.2)];
  const [writes, requests] = [createBuckets(...WRITES), createBuckets(...REQUESTS)];
  return {
    window(address) {
      const [write, request] = [createBucket(...WRITES), createBucket(...REQUESTS)];
      return (type, now) => !isOn || (type === 'escalate' ? request.take(now) : write.take(now) && addresses.take(address, now));
    },
    // The address first: a made-up visitor costs nothing to make.
    mayCall: (type, address, visitor, now) => !isOn || (addresses.take(address, now) && (type === 'escalate' ? requests : writes).take(visitor, now)),
    mayRead: (address, now) => !isOn || reads.take(address, now),
    mayHint: (now) => hints.take(now),
  };
}
