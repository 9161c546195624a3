import type { RequestRules } from './rules.ts';

const ES = '(?:alguien|(?:(?:una?|el|la|su|tu|otr[ao]) )?(?:persona|humano|ser humano|agente|asesora?|representante|operadora?|encargad[oa]|gerente|ejecutiv[oa]|soporte|atención al cliente|atencion al cliente|servicio al cliente)(?: (?:real|humano|humana|de verdad))?)';
const PT = '(?:algu[eé]m|(?:(?:uma?|o|a|seu|outr[ao]) )?(?:pessoa|humano|ser humano|atendente|agente|operadora?|gerente|representante|consultora?|suporte|atendimento)(?: (?:real|humano|humana|de verdade))?)';
const FR = "(?:quelqu['’]un|(?:(?:une?|le|la|votre|vos|un autre) )?(?:(?:vrai|vraie) )?(?:humain|être humain|personne|conseill(?:er|ère)|agent|opérateur|opératrice|représentant|responsable|support|service client|service clientèle|interlocuteur)(?: (?:réelle?|humaine?))?)";
const IT = "(?:qualcuno|(?:(?:un[ao']?|un'|il|l'|la|una vera|un vero) ?)?(?:persona|umano|essere umano|operat(?:ore|rice)|agente|addett[oa]|responsabile|consulente|assistenza|servizio clienti)(?: (?:vera|reale|umano|umana|in carne e ossa))?)";

export const ROMANCE: RequestRules[] = [
  {
    language: 'es', bounded: true,
    never: [`no (?:quiero|necesito|hace falta|deseo) (?:hablar|que me)[^,.;]*`, `no (?:me )?(?:transfieras|pases|conectes)[^,.;]*`],
    explicit: [`(?:hablar|chatear|comunicar(?:me|nos)?|contactar|conversar|ponerme en contacto) (?:con|a) ${ES}`,
      `(?:p[aá]s[ae]me|pasarme|con[eé]ct[ae]me|conectarme|transfi[eé]r[ae]me|comun[ií]c[ae]me|p[oó]n[gm]a?me|derív[ae]me)(?: (?:ya|ahora|por favor))? (?:con|a) ${ES}`,
      `(?:quiero|necesito|quisiera|prefiero|exijo|dame|deme|busco) (?:a )?${ES}(?! que )`, `(?:puede|podría|pueda) (?:atender|ayudar|llamar)(?:me)? ${ES}`, `que me (?:atienda|llame|ayude) ${ES}`],
    ambiguous: [`hay alguien(?: ahí| ahi)?`], bare: `(?:un |una )?(?:agente|humano|persona|operador|asesor|representante|soporte humano|atención humana)(?: (?:real|humano|por favor|ya|ahora))*`,
    negation: '(?:no|sin|nunca)(?! (?:sé|se|entiendo|puedo|consigo|me))',
  },
  {
    language: 'pt', bounded: true,
    never: [`n[aã]o (?:precisa|preciso|quero|precisam|é preciso)[^,.;]*`],
    explicit: [`(?:falar|conversar|entrar em contato|contatar) (?:com|a) ${PT}`,
      `(?:me )?(?:transfere|transfira|transferir|passa|passe|passar|conecta|conecte|encaminhe|liga)(?:-me| me)? (?:para|com|a|ao|pra) ${PT}`, `(?:quero|preciso de|preciso|gostaria de|prefiro) (?:um[a]? )?(?:humano|atendente|pessoa(?: (?:real|de verdade))|operadora?)`, `alguém (?:pode|poderia) me (?:atender|ligar)`],
    ambiguous: [`tem algu[eé]m a[ií]`, `alguém pode me ajudar`], bare: `(?:um |uma )?(?:atendente|humano|pessoa|operador|agente|suporte humano|atendimento humano)(?: (?:real|humano|por favor|agora))*`,
    negation: 'n[aã]o(?! (?:sei|entendo|consigo|estou))',
  },
  {
    language: 'fr', bounded: true,
    never: [`(?:pas (?:besoin|envie)|inutile) (?:de |d['’])[^,.;]*`, `ne (?:me )?(?:transférez|passez|veux)[^,.;]* (?:pas|à personne)[^,.;]*`],
    explicit: [`(?:parler|discuter|échanger|parle|contacter|joindre|chatter)(?: (?:à|a|avec|au|directement))* ${FR}`,
      `(?:passez|passe|transférez|transfère|connectez|mettez|mets|donnez|dirigez|appelez)[- ](?:moi|nous)(?: en (?:relation|contact|communication))?(?: (?:à|a|avec|vers|au))? ${FR}`,
      `(?:je (?:veux|voudrais|souhaite|préfère)|il me faut|j['’]ai besoin d['’]?(?:e )?|j['’]exige) ?(?:avoir )?(?:(?:un|une) )?(?:(?:vrai|vraie) )?(?:humain|conseiller|agent|opérateur|vraie personne)`, `être (?:rappelé|mis en relation|transféré)(?:e)?(?: (?:par|avec|à) ${FR})?`],
    ambiguous: [`(?:il )?y a(?:-t-il)? quelqu['’]un`], bare: `(?:un |une )?(?:(?:vrai|vraie) )?(?:conseiller|conseillère|humain|agent|opérateur|personne réelle|vraie personne)(?: (?:svp|s['’]il vous pla[iî]t|stp|humain|réel|vite|maintenant))*`,
    negation: "(?:ne|n['’]|pas|sans|jamais)(?! (?:sais|comprends|arrive))",
  },
  {
    language: 'it', bounded: true,
    never: [`non (?:voglio|serve|c'è bisogno|ho bisogno|mi serve|mi passare|trasferirmi)[^,.;]*`],
    explicit: [`(?:parlare|chattare|contattare|comunicare|parlo)(?: (?:con|a|ad))? ${IT}`, `(?:passami|passatemi|mi passi|passarmi|collegami|mettimi in contatto|mettetemi in contatto|trasferiscimi|trasferitemi|dammi|datemi|connettimi)(?: (?:a|con|ad))? ${IT}`,
      `(?:voglio|vorrei|ho bisogno di|mi serve|preferisco|esigo) (?:un |una )?(?:operatore|umano|essere umano|persona (?:vera|reale)|operatrice|addetto)`, `qualcuno (?:può|potrebbe) (?:chiamarmi|contattarmi)`],
    ambiguous: [`c'è qualcuno`], bare: `(?:un |una )?(?:operatore|operatrice|umano|agente|persona (?:vera|reale))(?: (?:per favore|grazie|umano|subito))*`,
    negation: 'non(?! (?:so|capisco|riesco))',
  },
];
