import { plain } from './plain.ts';

const STOP = new Set("a an the is are was were be been am do does did done have has had i me my mine you your yours we us our it its they them this that these those there here of to in on at for from with by as and or but so if then than what which who when where why how can could will would should may might must shall not no please just also about any some get got want need know tell say said ask asked much many more very really too up out off into over again hi hello hey thanks thank ok okay yes go going make let s t m re ve ll d dont im whats still".split(' '));

/** Runs of letters and digits; text without spaces between words is cut into pairs of characters. */
export function words(text: string): string[] {
  return [...plain(text).matchAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+|[\p{L}\p{M}\p{N}]+/gu)].flatMap(([run]) =>
    (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run) ? pairs(run) : [run]));
}

const pairs = (run: string): string[] => (run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)));
export const isStopWord = (word: string): boolean => STOP.has(word);
/** The words that carry what is asked, stemmed. When all are common ones ("who are you"), all of them. */
export function informative(text: string): string[] {
  const all = words(text);
  const rest = all.filter((word) => !STOP.has(word));
  return (rest.length > 0 ? rest : all).map(stem);
}

/** Light stemming of English endings, the same for questions and knowledge; it need not make words. */
export function stem(word: string): string {
  if (word.length < 4 || /[^a-z]/.test(word)) return word;
  const cut = word.replace(/(?:'s)$/, '').replace(/ies$/, 'y').replace(/(?<=[sxz]|ch|sh)es$/, '').replace(/(?<=[^su])s$/, '');
  const root = cut.replace(/(?:ational|ations?|ments?|ingly|edly)$/, '').replace(/(?<=[a-z]{3})(?:ing|ed|er|ly|ally)$/, '').replace(/(.)\1$/, '$1').replace(/(?<=[a-z]{3})e$/, '').replace(/(?<=[a-z]{3})al$/, '');
  return root.length >= 3 ? root : cut;
}
