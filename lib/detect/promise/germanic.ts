import { gap, type PromiseRules } from './rules.ts';

const D = (most: number): string => gap(most, 'nicht|nie|niemals|kein|keine|keinen|keinem|niemand|niemanden');
const DE = '(?:jemand(?:en|em)?|(?:ein|eine[rnm]?|unser|unsere[rnm]?|mein|meine[rnm]?|das|der|die|dem|den|zuständige[rnm]?) (?:(?:echte[rnm]?|menschliche[rnm]?|zuständige[rnm]?|nächste[rnm]?|freie[rnm]?|verfügbare[rnm]?|live|andere[rnm]?|erfahrene[rnm]?) )?(?:\\p{L}+-?)?(?:mitarbeiter(?:in|s|n)?|mitarbeitende[rn]?|kollege|kollegen|kollegin|kolleginnen|mensch(?:en)?|berater(?:in|n)?|agent(?:en|in)?|support|team|service|kundendienst|spezialist(?:en|in)?|expert(?:e|en|in)|ansprechpartner(?:in)?|vorgesetzten?|fachabteilung|abteilung|teammitglied|person))(?: (?:aus|von|vom|im|in) (?:unserem |dem |der |unserer )?\\p{L}+)?';
const DE_OBJECT = '(?:sie|dich|euch|das|es|dies|ihre?n?|deine?n?|die|den|diese[ns]?)';
const DE_THING = '(?:anfrage|anliegen|fall|nachricht|frage|chat|gespräch|problem|ticket|beschwerde|unterhaltung|kontaktdaten|feedback|thema|vorgang)';
const DE_SOON = '(?:gleich|in kürze|sofort|umgehend|jetzt|nun|bald|zeitnah|schnellstmöglich|in wenigen minuten|so schnell wie möglich)';
const DE_CALL = '(?:melden|zurückmelden|kontaktieren|anrufen|zurückrufen|antworten|übernehmen|kümmern|schreiben|beitreten|zuschalten|einschalten|in verbindung setzen|beantworten)';

const N = (most: number): string => gap(most, 'niet|nooit|geen|niemand');
const NL = '(?:iemand|(?:een|de|het|mijn|onze|ons) (?:(?:echte|menselijke|beschikbare|volgende|andere|ervaren|live) )?(?:\\p{L}+-?)?(?:medewerk(?:er|ster)s?|collega(?:\'s)?|mens|persoon|agent|adviseur|specialist|expert|team|klantenservice|support|supportteam|helpdesk|afdeling|manager|leidinggevende))(?: (?:van|uit|bij) (?:ons |onze |de |het )?\\p{L}+)?';
const NL_THING = '(?:vraag|verzoek|bericht|zaak|gesprek|chat|probleem|ticket|klacht|melding|gegevens|feedback)';
const NL_SOON = '(?:zo|zo snel mogelijk|binnenkort|spoedig|direct|meteen|nu|straks|zo meteen|dadelijk|snel|binnen)';

const S = (most: number): string => gap(most, 'inte|aldrig|ingen|inget|inga|ej');
const SV = '(?:någon|(?:en|ett|vår|vårt|min|mina|våra) (?:(?:riktig|mänsklig|ledig|annan|erfaren|ansvarig) )?(?:\\p{L}+)?(?:kollega|kollegor|medarbetare|handläggare|människa|person|agent|rådgivare|specialist|expert|team|kundtjänst|support|supportteam|avdelning|chef)|kundtjänst|supporten|teamet|kundtjänsten)(?: (?:från|på|i) (?:vårt |vår )?\\p{L}+)?';
const SV_THING = '(?:fråga|ärende|meddelande|chatt|chatten|samtal|problem|klagomål|begäran|ärendet|frågan|uppgifter|synpunkter)';

export const GERMANIC: PromiseRules[] = [
  {
    language: 'de', bounded: true,
    channel: '(?:schreiben sie (?:uns|eine e-?mail)|schreib (?:uns|eine e-?mail)|per e-?mail an|rufen sie uns|(?:füllen sie|fülle) [^,;]*formular|über (?:das|unser) \\p{L}*formular|\\S{1,64}@\\S{1,64})',
    claims: [
      `(?:ich verbinde|verbinde ich|wir verbinden) (?:sie|dich|euch)(?! nicht)(?! mit (?:dem |ihrem |deinem )?(?:wlan|internet|gerät|netzwerk))`, `verbinde (?:sie|dich) (?:jetzt|nun|gleich|sofort)`,
      `(?:ich leite|leite ich|wir leiten|ich gebe|gebe ich|wir geben|ich reiche|ich stelle|stelle ich)${D(7)} (?:weiter|durch)`, `(?:ich übergebe|übergebe ich|ich eskaliere|eskaliere ich|wir eskalieren|wir übergeben)(?: |$)(?!nicht)`,
      `(?:ich|wir|ich werde|ich kann) (?:hole|holen|rufe|rufen|frage|fragen|informiere|informieren|benachrichtige|benachrichtigen|bitte|kontaktiere|kontaktieren|verständige)(?: (?:gleich|jetzt|kurz|sofort|mal|gern|gerne|ihnen|dir))* ${DE}`, `(?:hole|frage|informiere|benachrichtige|kontaktiere) ich${D(3)} ${DE}`,
      `(?:ich habe|habe ich|wir haben|haben wir)${D(9)} (?:weitergeleitet|eskaliert|weitergegeben|übergeben)`, `(?:ich habe|habe ich|wir haben)${D(3)} ${DE}${D(4)} (?:informiert|benachrichtigt|verständigt|gefragt|gebeten|kontaktiert)`, `(?:ich habe|habe ich|wir haben|ich werde|ich kann)${D(4)} (?:ticket|rückruf|support-ticket)${D(4)} (?:angelegt|erstellt|eröffnet|vereinbart|veranlasst|angefordert|anlegen|erstellen|eröffnen|vereinbaren|veranlassen|anfordern|organisieren)`,
      `(?:ich (?:werde|kann|könnte|möchte|darf|würde)|(?:werde|kann|könnte|soll|darf|möchte|würde) ich|wir werden|lassen sie mich|lass mich|dass ich|damit ich)${D(9)} (?:verbinden?|weiterverbinden?|durchstellen?|übergeben?|weitergeben?|eskalieren?|hinzuziehen|hinzuholen|weitervermitteln)`,
      `(?:ich (?:werde|kann|könnte|möchte)|(?:werde|kann|soll) ich|wir werden)${D(4)} (?:${DE_OBJECT} )?(?:${DE_THING} )?an ${DE}${D(2)} weiterleiten`, `(?:ich (?:werde|kann|könnte|möchte)|(?:werde|kann|soll) ich)${D(3)} ${DE}${D(5)} (?:holen|informieren|benachrichtigen|fragen|bitten|kontaktieren|rufen|einschalten|verständigen)`,
      `(?:sie|du) (?:werden|wirst|wurden|wurdest|sind|bist)${D(4)} (?:mit|an|zu|von) (?:${DE}|uns)${D(3)} (?:verbunden|weitergeleitet|durchgestellt|weiterverbunden|übergeben|kontaktiert|angerufen|zurückgerufen)`, `(?:sie|du) (?:werden|wirst) ${DE_SOON}${D(3)} (?:verbunden|durchgestellt|weiterverbunden|kontaktiert|zurückgerufen)`,
      `(?:ihre?|deine?|die|der|das|dein|ihr|diese[rs]?) ${DE_THING} (?:wurde|wird|ist)${D(7)} (?:weitergeleitet|eskaliert|übergeben|weitergegeben|übermittelt|zugewiesen)`, `ticket (?:wurde|ist|wird)${D(3)} (?:erstellt|eröffnet|angelegt)`, `${DE} (?:wurde|wurden|wird|ist)${D(3)} (?:informiert|benachrichtigt|verständigt|unterwegs|beigetreten)`,
      `${DE} (?:wird|werden)${D(9)} ${DE_CALL}`, `(?:wird|werden)(?: sich)?(?: ${DE_SOON})? ${DE}${D(7)} ${DE_CALL}`, `${DE} (?:wird|werden)${D(3)} ${DE_SOON}${D(4)} (?:helfen|weiterhelfen|unterstützen|da sein|für sie da|verfügbar)`,
      `${DE}(?: ${DE_SOON})* (?:meldet|melden|kümmert|kümmern) sich(?! nicht)`, `(?:meldet|melden|kümmert) sich(?: ${DE_SOON})* ${DE}`, `${DE}(?: ${DE_SOON})* (?:ruft|rufen|kontaktiert|kontaktieren) (?:sie|dich)`, `${DE}(?: ${DE_SOON})* (?:schreibt|antwortet) (?:ihnen|dir)`, `${DE}(?: ${DE_SOON})* (?:übernimmt|übernehmen|schaltet sich|kommt dazu|tritt dem chat bei)`, `${DE_SOON} (?:übernimmt|meldet sich|antwortet(?: ihnen| dir)?|hilft(?: ihnen| dir)?|kommt) ${DE}`, `${DE} (?:ist|sind) ${DE_SOON} (?:für sie|für dich|bei ihnen|bei dir|da|verfügbar)`,
      `(?:wir melden uns|melden wir uns|ich melde mich|melde ich mich|wir rufen (?:sie|dich)|rufen wir (?:sie|dich)|wir kontaktieren (?:sie|dich)|wir kommen auf (?:sie|dich) zu|ich rufe (?:sie|dich)|ich kümmere mich)(?! (?:nicht|nie|niemals))`, `(?:wir werden|werden wir|ich werde|werde ich)${D(8)} (?:melden|kontaktieren|zurückrufen|anrufen|nachfragen|nachgehen)`,
      `(?:sie|du) (?:hören|hörst|bekommen|bekommst|erhalten|erhältst|werden|wirst)${D(6)} von (?:uns|mir|${DE})(?: hören| kontaktiert| angerufen)?`, `bis ${DE}${D(5)} (?:da ist|übernimmt|antwortet|frei ist|verfügbar ist|zeit hat|zu ihnen kommt)`, `(?:während|bis) ich${D(7)} (?:verbinde|weiterleite|hole|durchstelle|übergebe)`,
      `(?:sie sind|du bist)${D(4)} (?:warteschlange|an der reihe)`, `(?:sie sind|du bist)${D(2)} (?:auf platz|an position|nummer) \\p{N}+`, `hilfe ist unterwegs`,
    ],
  },
  {
    language: 'nl', bounded: true,
    channel: '(?:mail ons|stuur (?:ons )?een (?:e-?mail|mail|bericht) naar|bel ons|vul (?:het|ons) [^,;]*formulier|via (?:het|ons) \\p{L}*formulier|\\S{1,64}@\\S{1,64})',
    claims: [
      `(?:ik verbind|verbind ik|wij verbinden|we verbinden) (?:u|je|jou|jullie)(?! niet)(?! met (?:de |het )?(?:wifi|internet|netwerk))`, `(?:ik|we) (?:stuur|sturen|geef|geven|zet|zetten|leid|speel)${N(6)} door`, `(?:ik escaleer|ik draag)(?! niet)`, `(?:ik heb|we hebben|heb ik)${N(8)} (?:doorgestuurd|doorgegeven|doorgezet|geëscaleerd|overgedragen|doorverbonden)`,
      `(?:ik heb|we hebben|heb ik)${N(2)} ${NL}${N(4)} (?:geïnformeerd|gevraagd|ingelicht|gewaarschuwd|op de hoogte gebracht|verwittigd|ingeschakeld)`, `(?:ik heb|ik zal|ik kan|ik ga)${N(4)} (?:ticket|terugbelverzoek|melding)${N(4)} (?:aangemaakt|geopend|gemaakt|aanmaken|openen|maken|inplannen|ingepland)`,
      `(?:ik (?:zal|ga|kan|wil)|(?:zal|kan|mag) ik|we (?:zullen|gaan)|laat me|dat ik)${N(8)} (?:verbinden?|doorverbinden?|doorverbind|doorsturen|doorgeven|doorzetten|overdragen|escaleren|inschakelen|erbij halen)`, `(?:ik (?:zal|ga|kan)|(?:zal|kan) ik)${N(2)} ${NL}${N(4)} (?:vragen|halen|roepen|inlichten|informeren|waarschuwen|inschakelen)`, `ik (?:laat|vraag|haal|roep|informeer|waarschuw|schakel)(?: (?:even|nu|meteen|direct))* ${NL}`,
      `(?:u|je) (?:wordt|bent|word)${N(4)} (?:met|naar|aan|door) (?:${NL}|ons)${N(3)} (?:verbonden|doorverbonden|doorgeschakeld|doorgestuurd|gebeld|teruggebeld|gecontacteerd)`, `(?:u|je) (?:wordt|word)(?: ${NL_SOON})+${N(3)} (?:verbonden|doorverbonden|doorgeschakeld|teruggebeld)`,
      `(?:uw|je|jouw|de|het) ${NL_THING} (?:is|wordt|werd)${N(6)} (?:doorgestuurd|doorgegeven|doorgezet|geëscaleerd|overgedragen)`, `ticket (?:is|wordt|werd)${N(3)} (?:aangemaakt|geopend)`,
      `${NL} (?:zal|zullen|gaat|gaan|komt)${N(7)} (?:bellen|terugbellen|contact (?:met \\p{L}+ )?opnemen|opnemen|mailen|antwoorden|reageren|overnemen|melden|schrijven|oppakken|bekijken|bij u|aansluiten|deelnemen)`, `(?:zal|zullen)${N(2)} ${NL}${N(6)} (?:bellen|terugbellen|opnemen|mailen|antwoorden|reageren|overnemen)`, `${NL} (?:neemt|nemen)${N(6)} (?:contact|over)`, `${NL} (?:belt|bellen|mailt|helpt) (?:u|je|jou)(?: ${NL_SOON}| terug)`, `${NL} (?:is|zijn) (?:${NL_SOON} bij (?:u|je)|onderweg|op de hoogte|ingelicht)`, `(?:neemt|nemen) ${NL}${N(4)} contact`,
      `(?:we|wij|ik) (?:nemen?|neem)${N(4)} contact met (?:u|je|jou)`, `(?:we|wij|ik) (?:bellen|bel) (?:u|je|jou)`, `(?:we|wij|ik) (?:komen|kom)${N(4)} bij (?:u|je) terug|(?:we|wij|ik) (?:zullen|zal|gaan|ga)${N(6)} (?:contact|terugbellen|terugkomen|opnemen|uitzoeken)`, `(?:u|je) (?:hoort|krijgt|ontvangt)${N(5)} van (?:ons|mij|${NL})`, `(?:terwijl|tot) ik${N(5)} (?:verbind|doorverbind|doorstuur|haal)`,
      `(?:u bent|je bent)${N(3)} (?:aan de beurt|in de wachtrij|in de rij)`, `hulp is onderweg`,
    ],
  },
  {
    language: 'sv', bounded: true,
    channel: '(?:mejla (?:oss|till)|skicka (?:ett )?(?:mejl|e-post|brev) till|ring oss|fyll i [^,;]*formulär\\p{L}*|via (?:vårt )?\\p{L}*formulär\\p{L}*|\\S{1,64}@\\S{1,64})',
    claims: [
      `(?:jag|vi) (?:kopplar|skickar|lämnar|för|slussar)${S(5)} (?:vidare|över|till ${SV})`, `(?:jag|vi) kopplar (?:dig|er|ihop)(?! (?:inte|till wifi|till nätet))`, `kopplar (?:dig|er)(?: (?:nu|vidare))+`, `(?:jag|vi) eskalerar(?! inte)`, `(?:jag|vi) har${S(7)} (?:skickat|vidarebefordrat|eskalerat|lämnat|kopplat|fört)(?:${S(5)} (?:vidare|över|till ${SV}))?(?<!har skickat)`,
      `(?:jag|vi) har${S(2)} (?:meddelat|informerat|frågat|kontaktat|underrättat|bett) ${SV}`, `(?:jag|vi) har${S(2)} (?:skapat|öppnat|lagt upp|registrerat|bokat)${S(3)} (?:ärende|supportärende|återuppringning)`, `(?:jag|vi) (?:ska|kan|kommer att|vill|skulle kunna)${S(3)} (?:koppla|vidarebefordra|eskalera|överlämna|lämna över|skicka (?:dig|det|detta|ditt|din) vidare|be ${SV}|fråga ${SV}|kontakta ${SV}|hämta ${SV}|meddela ${SV}|boka (?:ett )?samtal|skapa ett ärende)`, `(?:ska jag|kan jag|får jag|låt mig|vill du att jag)${S(2)} (?:kopplar?|vidarebefordrar?|eskalerar?|hämtar?|frågar? ${SV})`, `jag (?:hämtar|frågar|kontaktar|meddelar|informerar|ber)(?: (?:nu|genast|strax))* ${SV}`,
      `du (?:kopplas|blir|har blivit|är|kommer att)${S(4)} (?:kopplas |kopplad |uppringd |kontaktad |bli |vidarekopplad )${S(3)} ?(?:till|av|med) (?:${SV}|oss)`, `du kopplas(?: nu| strax| vidare| över)+`, `(?:ditt|din|dina|ärendet|detta|det här) ?(?:${SV_THING})? ?(?:har|är|kommer att)${S(3)} (?:vidarebefordrats|vidarebefordrat|eskalerats|eskalerat|skickats|skickat|överlämnats|lämnats)(?: vidare| över)? till ${SV}`, `(?:ditt|din) ${SV_THING} har${S(2)} (?:vidarebefordrats|eskalerats|skickats vidare)`, `ärende har (?:skapats|öppnats)`,
      `${SV} (?:kommer att|kommer|ska)${S(3)} (?:kontakta|ringa|höra av sig|återkomma|svara|hjälpa dig (?:strax|snart|inom)|ta över|ansluta|mejla|titta på|ta hand om|skriva till)`, `${SV} (?:hör av sig|återkommer|ringer (?:upp )?dig|kontaktar dig|tar över|ansluter|tar hand om|är på väg|har (?:blivit )?(?:informerats|meddelats|informerad|meddelad|anslutit))`, `(?:vi|jag) (?:hör av (?:oss|mig)|återkommer|ringer (?:upp )?dig|kontaktar dig)`, `(?:vi|jag) (?:kommer att|ska)${S(3)} (?:höra av|återkomma|ringa|kontakta dig|undersöka)`, `du (?:hör|får|kommer att höra|kommer att få)${S(5)} (?:från|av) (?:oss|${SV})`, `(?:medan|tills|så) jag${S(3)} (?:kopplar|hämtar|skickar)`, `du (?:är|står)${S(4)} (?:i kön?|på tur)`, `hjälp är på väg`,
    ],
  },
];
