/** The frames that are being handled: a companion that ends answers these before it closes, and takes no new commands. */
export interface UnderWay {
  run(work: () => Promise<void> | void): Promise<void>;
  isEnding(): boolean;
  /** Resolves when nothing is under way any more, or after `withinMs`. */
  end(withinMs: number): Promise<void>;
}

export function createUnderWay(): UnderWay {
  let count = 0;
  let done: (() => void) | null = null;
  return {
    async run(work) {
      count += 1;
      try {
        await work();
      } finally {
        count -= 1;
        if (count === 0) done?.();
      }
    },
    isEnding: () => done !== null,
    end: (withinMs) => new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      done = () => { clearTimeout(timer); resolve(); };
      if (count === 0) done();
    }),
  };
}
