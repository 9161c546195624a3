import { MESSAGE_MAX } from '#lib/protocol/limits.ts';
import { falsePromise, wholeSentences } from '#lib/detect/false-promise.ts';

/** A visitor reads no faster, and each step goes to every node: about ten a second, ms. */
const EVERY_MS = 100;

/** Without one of these no sentence ends: most pieces are parts of words. */
const MAY_END = /[\s。！？]/u;

/** A reply while it is being written: what of it visitors see. */
export interface GrowingReply {
  onText(piece: string): void;
  /** Nothing is shown any more. @param isSaid the message that takes its place is committed; else what was shown is taken back */
  end(isSaid: boolean): void;
}

/**
 * Shows a sentence when it is whole and passed the guard (law 3); after one that did not, what was shown is taken back and
 * nothing more is shown.
 * @param show the whole text so far; empty: taken back
 */
export function createGrowingReply(show: (text: string) => void, everyMs = EVERY_MS): GrowingReply {
  let [text, shown] = ['', ''];
  let passed = 0;
  let isOver = false;
  let timer: NodeJS.Timeout | null = null;
  const rest = (): void => { if (timer) clearTimeout(timer); timer = null; };
  const step = (): void => {
    const now = text.slice(0, passed).trimEnd();
    if (now === shown) { timer = null; return; }
    shown = now;
    show(shown);
    timer = setTimeout(step, everyMs);
  };
  const end: GrowingReply['end'] = (isSaid) => {
    rest();
    isOver = true;
    if (!isSaid && shown !== '') show('');
    shown = '';
  };
  return {
    end,
    onText(piece) {
      if (isOver) return;
      text += piece;
      if (text.length > MESSAGE_MAX) return end(false);
      if (!MAY_END.test(piece)) return;
      const whole = wholeSentences(text.slice(passed));
      if (whole === 0) return;
      if (falsePromise(text.slice(passed, passed + whole)) !== null) return end(false);
      passed += whole;
      if (!timer) step();
    },
  };
}
