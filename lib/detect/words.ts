import { plain } from './plain.ts';

const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa', ł: 'l' };
/** Many type without the marks of their letters: "zuruck" is still another word, "zurueck" and "cafe" are not. */
const folded = (said: string): string => said.replace(/[äöüßæøåł]/gu, (letter) => UMLAUTS[letter] ?? letter).normalize('NFD').replace(/(?<=\p{Script=Latin})\p{M}+/gu, '').normalize('NFC');

/** Words that carry nothing of what is asked; none of them carries something in another of these languages. */
const ENGLISH = 'a an the is are was were be been am do does did done have has had i me my mine you your yours we us our it its they them this that these those there here of to in on at for from with by as and or but so if then than what which who when where why how can could will would should may might must shall not no please just also about any some get got want need know tell say said ask asked much many more very really too up out off into over again hi hello hey thanks thank ok okay yes go going make let s t m re ve ll d dont im whats still';
const GERMAN = 'der das den dem des ein eine einen einem einer ich du er sie es wir ihr mein meine meinen meiner dein ihre ihren unser unsere bitte kann kannst können könnte könnten habe haben hat hab habt hätte ist sind sei wird werden wie was wo wann wer welche welcher und oder aber auch noch nur nicht kein keine mir mich dir dich euch uns ihnen ihm bei zu zum zur von vom im am auf für aus nach da dann denn mal gibt gibts geht gern gerne möchte würde würden muss müssen soll darf ja na gut man sich es doch schon etwas was wenn ob als bis mit ohne über unter um wegen hallo danke guten tag';
const ROMANCE = 'el la los las un una unos unas de del al y o que en por para con sin mi mis tu su sus yo ustedes es está son hay puedo puede quiero hola gracias favor como cómo cuándo dónde qué le les des du et ou mon ma mes votre vos je vous nous il elle est sont avec sans dans sur peux puis voudrais bonjour merci comment quand où il lo gli un uno della dei delle e mio mia vostro io voi sono posso vorrei come quando dove che cosa ciao grazie os as um uma do da dos das em no na com meu minha eu você posso quero olá obrigado obrigada';
const NORTHERN = 'het een van ik jij je u we wij mijn uw kan kunnen heb hebben zijn hoe wat waar wanneer wie en maar ook niet geen met voor naar bij op graag jag ni vi min mitt har är hur vad när var och men inte med till från på ett tack';
const STOP = new Set(folded(`${ENGLISH} ${GERMAN} ${ROMANCE} ${NORTHERN}`).split(' '));

/** Runs of letters and digits; text without spaces between words is cut into pairs of characters. */
export function words(text: string): string[] {
  return [...folded(plain(text)).matchAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+|[\p{L}\p{M}\p{N}]+/gu)].flatMap(([run]) =>
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
