/** Lower case, one space between words, straight apostrophes: what every rule is written against. */
export function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/[’‘`´]/gu, "'").replace(/[¿¡"“”«»()[\]*_~]/gu, ' ').replace(/\s+/gu, ' ').trim();
}
