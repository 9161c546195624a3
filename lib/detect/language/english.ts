import type { RequestRules } from './rules.ts';

const DET = "(?:(?:an?|the|your|my|some|one of (?:your|the|our)|any|with|to|directly|live|please|of|in|actual|damn|fucking|bloody|freaking|goddamn|(?:customer|technical|tech|client|sales) (?:support|service|care|relations)|real(?:[- ]life)?|live|actual|human|proper|physical|senior|bank|support|service|customer|store|shop|other|another|different|competent|responsible) ){0,4}";
const STRONG = '(?:humans?(?: being)?s?|agents?|representatives?|reps?|operators?|managers?|supervisors?|advis[eo]rs?|consultants?|assistants?|colleagues?|teller|specialist|employees?|staff(?: member)?|team member|member of (?:your |the )?(?:staff|team)|(?:bank |support )?worker|csr|customer (?:service|support|care)|tech support|support(?: team)?|help ?desk|live chat|sales(?: team)?)';
const SOMEONE = '(?:someone|somebody|anyone|anybody|some one|persons?|people|(?:a |real )man|(?:a |real )woman)';
/** Whom only the verb makes a request: "doctor" alone may be a question. */
const PROFESSION = '(?:librarian|receptionist|doctor|nurse|dentist|lawyer|clerk|technician|engineer|expert|accountant|cashier|host)s?';
const ANY = `(?:${STRONG}|${SOMEONE})`;
/** Whom nobody means who wants a person: "I don't want to talk to a bot" asks for one. */
const BOT = '(?:with|to) (?:a |an |this |some |your )?(?:machines?|bots?|chatbots?|robots?|computers?|ai)(?![a-z])';
/** "agent seat", "user agent header", "someone in spanish": a noun, or a language lesson. */
const END = '(?! (?:seat|header|account|licen[cs]e|id|string|position|fee|commission|job|in (?:spanish|french|german|italian|chinese|japanese)|else.?s (?:account|card))(?![a-z]))';
const TALK = '(?:talk|speak|chatt?|cat|converse|complain)(?:ing)?(?: (?:live|directly|now|on the phone|over the phone|about (?:this|that|it)))?';

/** Words of people who write English, their common slips included. */
export const ENGLISH: RequestRules = {
  language: 'en', bounded: true,
  never: [
    `(?![^.?!,;]{0,60}? ${BOT})` + "(?:no need|(?:do not|don'?t|dont|does not|doesn'?t|needn'?t) (?:need|want|have|wish)|rather not|without|instead of|not (?:looking|asking)|never (?:want|ask(?:ed)?))(?: (?:for|you))?(?: (?:to|be|being|having))*(?: (?:talk|speak|chat|transfer|connect|contact|call|escalate|get|put|fetch|bring|find|involve|ask|bother|send for)\\w*)?(?: (?:me|us|through|over|with|to))*(?: " + DET + ANY + ')?',
    "(?:do not|don'?t|dont|stop|no) (?:transfer|connect|escalat|put|pass|send|hand)\\w*(?: (?:me|us|this|through|over))*(?: (?:to|with))? " + DET + ANY,
    `(?:how (?:do|would|can|could|should) (?:you|i|we|one) say|how to say|translate|what(?:'s| is) the (?:word|phrase)) .*`,
    `what happens (?:if|when|after) .*`,
    `(?:send|transfer|pay|wire|give|lend|owe)(?:ing)? (?:money|cash|funds|\\$?\\d+|a gift|it) .*`,
    `(?:are|r) (?:you|u|there) (?:an? )?(?:real |actual |live )?(?:humans?|persons?|people|bots?|robots?|agents?|machine)(?: or .*)?$`,
    `(?:am i|is this) (?:talking|speaking|chatting) (?:to|with) .*`,
    `(?:one|another|add|additional|extra|fewer|per) persons?(?: less| more)?`,
  ],
  explicit: [
    `${TALK} (?:to|with|w|too|2) ${DET}(?:${ANY}|${PROFESSION}|reception|front desk)${END}`,
    `(?:can|could|may) i (?:please )?ask (?:a|an|one of your|your) (?:${STRONG}|${PROFESSION}|person|human)${END}(?= *(?:please|[?.!,]|$))`,
    `(?:connect|transfer|switch|put|patch|pass|forward|redirect|hand|escalate|refer|direct|get|route|link|send|hook|take)(?:ing|red)? (?:me|us|this|this (?:chat|conversation|case|issue)|it|my (?:call|chat|case|issue))(?: (?:over|through|thru|in touch|on|back|up|now|straight))* (?:to|with|on to) ${DET}${ANY}${END}`,
    `(?:get|give|find|bring|fetch|pass|send)(?: to)? (?:me|us)(?: to)? ${DET}(?:${STRONG}|(?:real |actual |live )?person)${END}`,
    `(?:want|need|require|demand|prefer|(?:would|'?d) (?:like|rather have|prefer))(?: to (?:have|see|get|reach))? (?!(?:to )?support )${DET}(?:${STRONG.replace('|support(?: team)?', '')}|(?:real|actual|live) person)${END}(?! (?:to|who|that) (?:sell|buy|rent))`,
    `(?:get|have|put) ${DET}(?:someone|somebody|anyone)(?: else)? (?:on the (?:line|phone)|to (?:call|ring|contact|help))`,
    `(?:contact|reach|get hold of|get in touch with|get through to|ask for|call)(?:ing)? (?:to |with )?${DET}(?:${STRONG}|somebody|someone|a person)${END}(?= *(?:[?.!,]|$))`,
    `(?:help|assistance)(?: with)? (?:to )?(?:contact|reach|call|get)(?:ing)? (?:to |with |in touch with )?${DET}${ANY}`,
    `(?:is|are)(?: there| it)? (?:any(?:one|body)|some(?:one|body)|${DET}(?:human|person|agent|people|representative))(?: real| there| here| available| around| online| on)*(?: (?:that |who )?(?:(?:i|we) )?(?:can|could|to|for me to))? (?:i can |i could )?(?:actually |really |maybe |just )?(?:talk|chat|speak|help me)`,
    `(?:someone|somebody|anyone|${DET}(?:human|person|agent|representative|manager))(?: from (?:your|the) \\w+(?: \\w+)?)?(?: please)? (?:please )?(?:to )?(?:call|ring|phone|contact|take over)(?: me| this| us)?`,
    `(?:please|pls|can you|could you|just) (?:escalate|transfer me|connect me)(?: this| it| now| please)*(?= *(?:[?.!,]|$))`,
    `(?:human|agent|representative|operator|manager) (?:takeover|handoff|handover|now|please|asap)`,
    `(?:do not|don'?t|dont|not|never|wouldn'?t|hate|hating|un)(?: (?:feel|want|like|be|to|really|at all))* ?(?:comfortable|happy|at ease|safe|shar(?:e|ing)|talk(?:ing)?|speak(?:ing)?|chat(?:ting)?|deal(?:ing)?|discuss(?:ing)?)(?: [\\w']+){0,6} ${BOT}`,
    `(?:talk|speak|chat) (?:to|with) your (?:team|people|boss|manager|company)`,
  ],
  ambiguous: [
    `(?:comfortable|happy|sharing|dealing|talking|wasting|speaking|chatting)[^.?!]* (?:with|to|on) (?:a |an |this |these )?(?:machine|bot|bots|robot|computer|ai)`,
    `(?:this|the) (?:conversation|chat) (?:is|isn'?t|is not) (?:not )?(?:working|leading|going|helping|pointless|useless)`,
    `(?:can|could|will|would) (?:some(?:one|body)|any(?:one|body))(?: (?:else|there|here|please))* (?:help|assist|look|check|explain|sort|fix)`,
    `is (?:any(?:one|body)|some(?:one|body)) (?:there|here|available|around|online)`,
    `(?:need|want) (?:real |human |actual )(?:help|support|assistance)`,
    `${DET}(?:phone number|hotline)(?: to call| for support)`,
  ],
  bare: `${DET}(?:${STRONG}|real person|live person|person|human help)(?: (?:please|pls|plz|now|asap|thanks|chat|support|needed|required))*`,
  negation: "(?:not|don'?t|dont|never|no longer) (?!know|understand|get|see|sure|work|help|feel|have (?:any )?(?:idea|clue))",
};
