const WORDS = ['talking', 'speaking', 'chatting', 'speak', 'agent', 'agents', 'someone', 'somebody', 'person', 'human', 'operator', 'operators', 'assistant', 'assistants', 'representative', 'supervisor', 'manager', 'advisor', 'customer', 'service', 'support', 'connect', 'transfer', 'talk'];
/** Shorter words have too many honest neighbours ("chat" and "what"). */
const MIN_LENGTH = 5;

/** A small word whose space was left away: "tosomebody". */
const GLUED = new RegExp(`^(to|with|an?|the|my)(${WORDS.filter((word) => word.length >= MIN_LENGTH).join('|')})$`);

/** The words of a request for a person with one slip in them ("somenoe", "operater", "tosomebody") put right; all else stays. */
export function withoutTypos(said: string): string {
  return said.replace(/[a-z]+/g, (word) => {
    if (word.length < MIN_LENGTH || WORDS.includes(word)) return word;
    return GLUED.test(word) ? word.replace(GLUED, '$1 $2') : WORDS.find((known) => oneSlip(word, known)) ?? word;
  });
}

/** One letter more, less, other, or two swapped; the first letter is seldom wrong, but for being swapped, and guards against other words. */
function oneSlip(word: string, known: string): boolean {
  if (word[0] === known[1] && word[1] === known[0] && word.slice(2) === known.slice(2)) return true;
  if (word[0] !== known[0] || Math.abs(word.length - known.length) > 1) return false;
  let at = 0;
  while (at < known.length && word[at] === known[at]) at += 1;
  const rest = (from: number, other: number): boolean => word.slice(at + from) === known.slice(at + other);
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || (word[at] === known[at + 1] && word[at + 1] === known[at] && rest(2, 2));
}
