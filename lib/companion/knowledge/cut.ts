/** At most `max` UTF-16 units, never half of a character that takes two. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const isHalf = /[\uD800-\uDBFF]/.test(text[max - 1] ?? '');
  return text.slice(0, isHalf ? max - 1 : max);
}
