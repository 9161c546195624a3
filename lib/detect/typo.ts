const WORDS = ['talking', 'speaking', 'chatting', 'speak', 'agent', 'someone', 'somebody', 'person', 'human', 'operator', 'assistant', 'representative', 'talk'];
/** Shorter words have too many honest neighbours ("chat" and "what"). */
const MIN_LENGTH = 5;

/** The words of a request for a person with one slip in them ("somenoe", "operater") put right; all else stays. */
export function withoutTypos(said: string): string {
  return said.replace(/[a-z]+/g, (word) => (word.length < MIN_LENGTH || WORDS.includes(word) ? word : WORDS.find((known) => oneSlip(word, known)) ?? word));
}

/** One letter more, less, other, or two swapped; the first letter is seldom wrong and guards against other words. */
function oneSlip(word: string, known: string): boolean {
  if (word[0] !== known[0] || Math.abs(word.length - known.length) > 1) return false;
  let at = 0;
  while (at < known.length && word[at] === known[at]) at += 1;
  const rest = (from: number, other: number): boolean => word.slice(at + from) === known.slice(at + other);
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || (word[at] === known[at + 1] && word[at + 1] === known[at] && rest(2, 2));
}
