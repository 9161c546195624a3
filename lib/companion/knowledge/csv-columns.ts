/** Where a table keeps what; `width`: how many columns its heading has. */
export interface Columns { question: number; answer: number; phrasings: number[]; width: number }

/** What a first row calls its columns, in the languages of our visitors. */
const QUESTION = new Set('question questions q query frage fragen pregunta preguntas domanda domande pergunta perguntas vraag vragen fråga frågor spørgsmål spørsmål kysymys pytanie pytania otázka otázky kérdés întrebare soru вопрос вопросы питання ερώτηση שאלה سؤال السؤال प्रश्न 質問 问题 問題 질문 title titel titre título titolo'.split(' '));
const ANSWER = new Set('answer answers a response reply antwort antworten réponse réponses reponse respuesta respuestas risposta risposte resposta respostas antwoord antwoorden svar vastaus odpowiedź odpowiedzi odpověď odpověde odpoveď válasz răspuns cevap yanıt ответ ответы відповідь απάντηση תשובה إجابة الجواب جواب उत्तर 回答 答え 答案 답변 text content inhalt texte texto testo'.split(' '));
const PHRASINGS = /^(?:phrasing|also asked|other ways|variant|variation|alternative|synonym|utterance|auch gefragt|formulierung|formulation|variante|formulaci|reformul)/;

/** Without a heading: question, answer, other ways to ask. */
export const OF_UNNAMED: Columns = { question: 0, answer: 1, phrasings: [2], width: 3 };

/** No column is called anything longer, characters. */
const NAME_MAX = 100;

/** Null: this row is no heading. */
export function columnsOf(first: readonly string[]): Columns | null {
  const names = first.map((one) => one.slice(0, NAME_MAX).normalize('NFC').toLowerCase().replace(/[\s_]+/g, ' ').replace(/[:*]+$/, '').trim());
  const question = names.findIndex((one) => QUESTION.has(one));
  const answer = names.findIndex((one, at) => at !== question && ANSWER.has(one));
  if (question < 0 || answer < 0) return null;
  return { question, answer, phrasings: names.flatMap((one, at) => (PHRASINGS.test(one) ? [at] : [])), width: names.length };
}
