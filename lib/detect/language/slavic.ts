import type { RequestRules } from './rules.ts';

const PL = '(?:kimś|kims|kogoś|(?:(?:żywym|prawdziwym|żywego|prawdziwego) )?(?:człowiek\\p{L}*|czlowiek\\p{L}*|konsultant\\p{L}*|agent\\p{L}*|pracownik\\p{L}*|doradc\\p{L}*|osob\\p{L}*|operator\\p{L}*|obsług\\p{L}*|kierownik\\p{L}*))';
const RU = '(?:кем-?нибудь|кем-то|кто-нибудь|(?:(?:жив\\p{L}+|реальн\\p{L}+|настоящ\\p{L}+|вашим) )?(?:человек\\p{L}*|людьми|оператор\\p{L}*|менеджер\\p{L}*|сотрудник\\p{L}*|специалист\\p{L}*|консультант\\p{L}*|агент\\p{L}*|поддержк\\p{L}*|администратор\\p{L}*))';

export const SLAVIC: RequestRules[] = [
  {
    language: 'pl', bounded: true,
    never: [`nie (?:chcę|chce|potrzebuję|musisz|trzeba|łącz)[^,.;]*`],
    explicit: [`(?:po)?(?:rozmawiać|rozmawiac|rozmowa|rozmowę|gadać|mówić|pisać|kontakt|skontaktować się)(?: (?:się|bezpośrednio))? (?:z|ze) ${PL}`, `(?:połącz|polacz|przełącz|przekieruj|połączyć|połączcie|proszę połączyć)(?:cie)?(?: (?:mnie|nas|proszę))* (?:z|ze|do) ${PL}`,
      `(?:chcę|chce|potrzebuję|poproszę|proszę o|dajcie mi|daj mi|wolę) (?:(?:żywego|prawdziwego) )?(?:człowieka|konsultanta|agenta|pracownika|operatora|doradcę)`],
    ambiguous: [`(?:czy )?(?:jest|ktoś) tam (?:ktoś|jest)`], bare: `(?:żywy |prawdziwy )?(?:konsultant|człowiek|agent|operator|konsultanta|doradca)(?: (?:proszę|poproszę|teraz))*`,
    negation: 'nie(?! (?:wiem|rozumiem|mogę|działa))',
  },
  {
    language: 'ru', bounded: true,
    never: [`не (?:надо|нужно|хочу|соединяй\\p{L}*|переводи\\p{L}*|зови\\p{L}*)[^,.;]*`, `(?:оператор|человек|менеджер) не нужен`],
    explicit: [`(?:поговорить|говорить|общаться|пообщаться|связаться|поболтать|переговорить|разговаривать|связь)(?: (?:напрямую|лично))? (?:с|со) ${RU}`, `(?:соедини\\p{L}*|переключи\\p{L}*|переведи\\p{L}*|свяжи\\p{L}*|подключи\\p{L}*)(?: (?:меня|пожалуйста|срочно))* (?:с|со|на|к)? ?${RU}`,
      `(?:позови\\p{L}*|дай\\p{L}*|пригласи\\p{L}*|нужен|нужна|хочу|требую|позвать)(?: (?:мне|сюда))? (?:жив\\p{L}+ |настоящ\\p{L}+ |реальн\\p{L}+ )?(?:человек\\p{L}*|оператор\\p{L}*|менеджер\\p{L}*|сотрудник\\p{L}*|специалист\\p{L}*)`],
    ambiguous: [`(?:есть|тут) (?:тут |там |здесь )?(?:кто-нибудь|кто-то|кто|живые)`], bare: `(?:живой |живого )?(?:оператор|человек|оператора|менеджер|человека|специалист)(?: (?:пожалуйста|срочно|мне))*`,
    negation: 'не(?! (?:знаю|понимаю|могу|работает))',
  },
];
