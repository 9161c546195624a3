/** After an end mark with what closes around it and a space; at once after an ideographic one; at a line's end. */
const END = /[.!?…؟।]+["'”’»)\]*_]*\s|[。！？｡]|\n/gu;

/** How much of a text that is still being written is whole sentences, in UTF-16 units. More text never moves an end that was found. */
export function wholeSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(END)) end = match.index + match[0].length;
  return end;
}

/** Everything of the text, what comes after the last end included. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const match of text.matchAll(END)) {
    sentences.push(text.slice(from, match.index + match[0].length));
    from = match.index + match[0].length;
  }
  return [...sentences, text.slice(from)].filter((one) => one.trim() !== '');
}
