import type { RequestRules } from './rules.ts';

const DE = '(?:jemand(?:en|em)?|(?:(?:ein|einen|einem|einer|eine|dem|den|der|die|das|ihrem|eurem|deinem) )?(?:(?:echten?|echtem|richtigen|realen?|lebenden?|menschlichen?|anderen?) )?(?:menschen?|person|mitarbeiter(?:in|s)?|agent(?:en)?|berater(?:in)?|support|kundenservice|kundendienst|kundenbetreuer|service|vorgesetzten|chef|ansprechpartner|operator))';
const NL = '(?:iemand|(?:(?:een|de|het|jullie|uw) )?(?:echte?n? )?(?:mens|persoon|medewerk(?:er|ster)|agent|collega|klantenservice|support|adviseur|manager|operator|helpdesk))';
const SV = '(?:någon|(?:(?:en|er|din|ett) )?(?:(?:riktig|levande|verklig) )?(?:människa|person|handläggare|medarbetare|agent|kundtjänst|support(?:en)?|operatör|chef|rådgivare|kollega))';

export const GERMANIC: RequestRules[] = [
  {
    language: 'de', bounded: true,
    never: [`(?:musst|müssen|brauchst|brauchen)(?: (?:sie|du))? mich nicht (?:zu )?(?:verbinden|weiterleiten)`, `(?:kein|keinen|keine) (?:mitarbeiter|menschen|agenten?|person)(?: nötig)?`, `nicht mit (?:jemandem|einem menschen|einem mitarbeiter)[^,.;]*`],
    explicit: [`mit ${DE}(?: \\p{L}+){0,3} (?:sprechen|reden|chatten|schreiben|telefonieren|verbinden|verbunden)`, `(?:sprechen|reden|chatten|rede|spreche)(?: (?:gern|gerne|bitte|lieber|ich))* mit ${DE}`,
      `(?:verbinde|verbinden|verbindest|weiterleiten|leite|leiten)(?: (?:sie|du))? mich (?:bitte |doch |jetzt |sofort )*(?:mit|an|zu|zum) ${DE}`, `(?:gib|geben|hol|holen)(?: sie)? mir (?:bitte )?${DE}`,
      `(?:will|möchte|brauche|wünsche|verlange|hätte gern(?:e)?) (?:bitte |jetzt |endlich |sofort )*(?:einen?|eine) (?:(?:echten?|richtigen|realen?|lebenden?|menschlichen?) )?(?:menschen|mitarbeiter(?:in)?|agenten|berater|ansprechpartner|person)(?! (?:hinzu|anlegen|einladen))`,
      `jemand(?:en)?,? (?:mit dem|der|mit dem man) (?:ich |mir |mich )?(?:\\p{L}+ )?(?:chatten|sprechen|reden|helfen|anruf\\p{L}+)`, `zu einem (?:mitarbeiter|menschen|agenten)(?: (?:durchstellen|weiterleiten))?`],
    ambiguous: [`(?:ist|gibt es) (?:da |hier |denn )*jemand(?:en)?(?: da| hier)?`, `kann mir (?:bitte )?jemand helfen`], bare: `(?:ein |einen |echter |echten )*(?:mitarbeiter|mensch|menschen|agent|berater|kundenservice|kundendienst|operator)(?: (?:bitte|jetzt|sofort))*`,
    negation: '(?:nicht|kein(?:en|e)?|nie)(?! (?:wie|was|weiter|klar))',
  },
  {
    language: 'nl', bounded: true,
    never: [`(?:hoef|hoeft|wil) (?:geen|niet|mij niet|me niet)[^,.;]*`, `(?:geen) (?:medewerker|mens|agent)`],
    explicit: [`(?:met|aan) ${NL}(?: (?:kan|wil|kunnen))? ?(?:kunnen )?(?:praten|spreken|chatten|bellen|overleggen)`, `(?:praten|spreken|chatten|contact)(?: (?:graag|opnemen))? met ${NL}`, `iemand (?:spreken|aan de lijn|bellen)`, `(?:verbind|schakel|zet|breng)(?: (?:me|mij|ons))(?: (?:door|even|graag))* (?:met|naar|aan) ${NL}`,
      `(?:doorverbonden|doorverbinden)(?: worden)?(?: (?:met|naar) ${NL})?`, `(?:ik )?(?:wil|zoek|heb|geef me)(?: graag)? (?:een )?(?:echte? )?(?:mens|medewerker|persoon)(?: (?:nodig|spreken|graag))?`],
    ambiguous: [`is (?:er|daar) iemand`], bare: `(?:een |echte? )*(?:medewerker|mens|agent|klantenservice|persoon)(?: (?:graag|alsjeblieft|aub|alstublieft|nu))*`,
    negation: '(?:niet|geen|nooit)(?! (?:hoe|wat))',
  },
  {
    language: 'sv', bounded: true,
    never: [`(?:behöver|vill) inte [^,.;]*`, `ingen (?:människa|agent|handläggare)`],
    explicit: [`(?:prata|tala|chatta|snacka|få kontakt|komma i kontakt)(?: (?:direkt))? med ${SV}`, `(?:koppla|kopplas|skicka|flytta)(?: (?:mig|oss|vidare|över))* (?:till|med) ${SV}`, `(?:vill ha|behöver|ge mig|önskar)(?: en)? (?:riktig |levande )?(?:människa|handläggare|medarbetare|agent)`, `någon (?:som )?kan ringa mig`],
    ambiguous: [`(?:är|finns) (?:det )?någon (?:där|här)`], bare: `(?:en |riktig )*(?:människa|handläggare|agent|kundtjänst|medarbetare)(?: (?:tack|nu))*`,
    negation: '(?:inte|ingen|aldrig)(?! (?:hur|vad))',
  },
];
