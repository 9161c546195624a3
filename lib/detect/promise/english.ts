import { gap, type PromiseRules } from './rules.ts';

const NOT = "not|never|no|cannot|can't|won't|unable|nobody";
const G = (most: number): string => gap(most, NOT);
/** People of ours. Couriers, drivers and technicians are not: what they do is information. */
const WHO = '(?:humans?|person|people|(?:support |service |live |human |sales |customer )?agents?|representatives?|reps?|colleagues?|operators?|advis[eo]rs?|specialists?|experts?|supervisors?|managers?|team ?mates?|(?:support |service )?team members?|members? of (?:our|the|my) (?:\\p{L}+ )?(?:team|staff)|staff members?|associates?|consultants?|(?:\\p{L}+ )?support(?: (?:team|staff|agents?))?|(?:customer|client|member) (?:service|care|success)(?: (?:team|staff|agents?|representatives?))?|(?:\\p{L}+ )?(?:team|department)|help ?desk|staff)';
const OF = '(?: (?:from|in|on|at|of) (?:our|the|my) (?:\\p{L}+ ){0,2}(?:team|department|staff|side|office|end))?';
const TEAM = `(?:(?:someone|somebody)(?: else)?|(?:an?|our|my|the|another|one of (?:our|my|the)|some of our|your) (?!(?:courier|delivery|driver|shipping|carrier|postal|installation|removals?) )(?:(?:real|live|human|available|senior|dedicated|friendly|trained|qualified|next|right|other|appropriate|relevant|responsible|local|technical|actual|free) ){0,2}${WHO})${OF}`;
const SOON = '(?: (?:also|now|just|soon|shortly|then|personally|directly|gladly|happily|immediately|quickly|right away|go ahead and|be able to|try to|always|certainly|definitely|of course|already|probably))*';
const WILL = "(?:'ll| will| shall| is going to| are going to| should| would)";
/** "I will", "I've", "let me": the bot as the one who acts. */
const ME = `(?:i(?:'ll| will| shall|'m going to| am going to| can| could|'m| am|'ve| have| just|'d (?:like|love|be (?:happy|glad)) to|'m (?:happy|glad|able|about) to| am (?:happy|glad|able|about) to| would like to)?|we(?:'ll| will|'re| are|'ve| have| can)|let me|allow me to|(?:want|like|prefer|need) me to|shall i|should i|can i|could i|may i|while i|so i can|going to|happy to|glad to|and|(?:ok|okay|sure|alright|great|certainly|absolutely|no problem|understood|of course|moment|please hold|please wait)[,!.: -]*|^)${SOON}`;
const IT = '(?:you|us|this|that|it|them|everything|(?:your|the|this|our) (?:\\p{L}+ )?(?:chat|call|case|requests?|questions?|messages?|conversation|issues?|problem|details?|concerns?|query|queries|enquiry|inquiry|ticket|information|info|feedback|complaint|matter|situation))';
const THING = '(?:chat|call|case|requests?|questions?|messages?|conversation|issues?|problem|concerns?|query|enquiry|inquiry|ticket|complaint|matter|feedback|details)';
/** Connecting you to an article is no promise. */
const NO_PAGE = "(?![^,;]*(?:article|page|guide|link|faq|website|web ?site|documentation|help cent|wi-?fi|internet|bluetooth|network|store ?locator|tutorial|video|form)(?:s)?(?!\\p{L}))";
const IN_TIME = '(?:shortly|soon|in a (?:moment|minute|second|few)|right away|momentarily|now|as soon as|within|immediately|from here|with this|with that|further|today|tomorrow|in \\p{N}+)';
const COME = `(?:contact(?:ing)? you|call(?:ing)? (?:you|back)|ring you|phone you|e-?mail you(?! (?:a|an|the|your))|text you|message you|write (?:back )?to you|reach(?:ing)? out|(?:get|getting|come|coming|be) back to you|be in (?:touch|contact)|get in (?:touch|contact) with you|follow(?:ing)? up|be (?:right )?with you|join(?:ing)? (?:you|us|the|this|shortly|soon|now|in)|take over|taking over|step in|pick (?:this|it|your \\p{L}+) up|take it from here|look(?:ing)? into|take a look|take care of (?:this|it|that|your)|handle (?:this|it|that|your)|give you a (?:call|ring)|speak (?:to|with) you|talk to you|(?:respond|reply|answer)(?: to)?(?: you| your| this| here| ${IN_TIME}|$)|(?:assist|help|support) you ${IN_TIME}|be (?:available|free|here|there|on hand|ready)(?: for you| to help(?: you)?| to assist(?: you)?)? ${IN_TIME}|see your (?:message|question|request) (?:and|soon|shortly)|be (?:informed|notified|alerted))`;
const TICKET = '(?:(?:support |new |service )?(?:ticket|case|escalation|support request|complaint))';
const CALL = '(?:call(?:[- ]?backs?)?|phone call|callback request|appointment with|meeting with|return call)';

/** Words of bots that write English. */
export const ENGLISH: PromiseRules = {
  language: 'en', bounded: true,
  channel: "(?:(?:e-?mail|write(?: to)?|call|text|phone|message|contact) us(?: at| on| by| via| through| using|[,;:]? and)|(?:send|drop) (?:us )?an? (?:e-?mail|message|letter) (?:to|at)|(?:fill|filling)(?: in| out)? (?:in |out )?(?:the|our|this) (?:\\p{L}+ )?form|(?:use|using|via|through) (?:the|our) (?:contact|online|return|web) form|\\S+@\\S+)",
  never: [`(?:your|the) (?:order|parcel|package|item|payment|money|refund|shipment|delivery)(?:'s)? (?:has been|have been|was|will be|is being|is) (?:\\p{L}+ )?(?:forwarded|transferred|passed|handed|sent|escalated)`,
    `(?:press|click|tap|use|choose|select|hit) (?:on )?(?:the )?[^,;]{0,40}button (?:to|if|when|and ask)[^,;]*`, `we(?:'ll| will) (?:contact|call|be in touch with|e-?mail) you (?:if|when|once|before|as soon as|about) [^;]*(?:order|delivery|parcel|package|item|product|shipment|payment|stock|repair)`],
  claims: [
    `${ME} (?:(?:re)?connect(?:ing|ed)?|transfer(?:ring|red)?|rout(?:e|ing|ed)|redirect(?:ing|ed)?|refer(?:ring|red)?|switch(?:ing|ed)?|direct(?:ing|ed)?|tak(?:e|ing)|bring(?:ing)?) (?:you|${IT})(?: over| through| directly| straight| now| right away)* (?:to|with|over to) (?!.*(?:right|correct) (?:page|place))${TEAM}`,
    `${ME} (?:connect(?:ing|ed)?|transfer(?:ring|red)?) (?:you|your (?:chat|call|case|conversation)|this (?:chat|conversation|call))(?! your)${NO_PAGE}`,
    `${ME} (?:put|putting) you (?:through|in (?:touch|contact|the (?:queue|line))|on to|onto)`,
    `${ME} (?:(?:hand(?:ing|ed)?|pass(?:ing|ed)?|forward(?:ing|ed)?|send(?:ing)?|sent|submit(?:ting|ted)?|assign(?:ing|ed)?|flag(?:ging|ged)?|rais(?:e|ing|ed)|shar(?:e|ing|ed)|relay(?:ing|ed)?) ${IT}(?: (?:on|over|off|along|up|straight|directly|now))*(?: (?:to|with|for) ${TEAM}))`,
    `${ME} (?:hand(?:ing|ed)?|pass(?:ing|ed)?) (?:you|this|it|that|your \\p{L}+|the (?:chat|conversation|matter)) (?:on|over|off|along)(?! the)`,
    `${ME} escalat(?:e|ing|ed)(?: ${IT})?`,
    `${ME} (?:ask(?:ing|ed)?|tell(?:ing)?|told|notify(?:ing)?|notified|inform(?:ing|ed)?|alert(?:ing|ed)?|let(?:ting)?|contact(?:ing|ed)?|consult(?:ing|ed)?|check(?:ing|ed)?(?: in)? with|sp(?:eak|eaking|oke) (?:to|with)|reach(?:ing|ed)? out to|call(?:ing|ed)?(?: in)?|fetch(?:ing|ed)?|find(?:ing)?(?: you)?|found(?: you)?|get(?:ting)?(?: you| hold of)?|got(?: you)?|bring(?:ing)?(?: in)?|loop(?:ing|ed)? in|involv(?:e|ing|ed)|hav(?:e|ing)|add(?:ing|ed)?|invit(?:e|ing|ed)|pull(?:ing|ed)? in|request(?:ing|ed)?) ${TEAM}`,
    `${ME} (?:get(?:ting)?|tak(?:e|ing)) you (?:over |through |straight )?to ${TEAM}`,
    `${ME} (?:open(?:ing|ed)?|creat(?:e|ing|ed)|rais(?:e|ing|ed)|log(?:ging|ged)?|fil(?:e|ing|ed)|submit(?:ting|ted)?|start(?:ing|ed)?)(?: you| up)? (?:an?|your|this as an?|the) ${TICKET}`,
    `${ME} (?:arrang(?:e|ing|ed)|schedul(?:e|ing|ed)|book(?:ing|ed)?|request(?:ing|ed)?|set(?:ting)?(?: you)? up|organi[sz](?:e|ing|ed))(?: for)?(?: you)? an? ${CALL}`,
    `${ME} (?:arrang(?:e|ing|ed)|organi[sz](?:e|ing|ed)) for ${TEAM}`,
    `(?:i|we)(?:'ll| will|'re going to|'m going to| shall| are going to)${SOON} (?:get back to you|be in touch|be back in touch|contact you|call you|ring you|phone you|reach out|follow up|come back to you|give you a call|look into (?:this|it|that|your)|be with you|keep you (?:posted|updated|informed)|have (?:an answer|news|an update) for you|make sure (?:that )?${TEAM})`,
    `(?<!(?:without|instead of|before|after|not|of|for|by|than|avoid) )(?:connecting|transferring|escalating|redirecting|forwarding|handing) (?:you|${IT})(?: (?:over|now|through))*(?: (?:to|with) ${TEAM}| now| right away| immediately|\\.{2,}|…)`,
    `you(?:'re| are|'ll be| will be|'ve been| have been| are being|'re being| should be)${SOON}(?: being)? (?:connected|transferred|put through|forwarded|handed over|handed off|passed|redirected|routed|referred)(?: (?:on|over|through|directly))* (?:to|with) ${TEAM}`,
    `you(?:'re| are) (?:now |currently )?being (?:connected|transferred|put through|handed over)${NO_PAGE}`, `you(?:'ll| will) be (?:connected|put through|transferred) ${IN_TIME}`,
    `you(?:'ll| will| should| can expect to) (?:soon |shortly )?(?:hear (?:back )?from|(?:receive|get) (?:an? |your )?(?:\\p{L}+ )?(?:call(?:[- ]?back)?|phone call|reply|response|answer|message|e-?mail) from) (?:us|me|${TEAM})`,
    `you(?:'ll| will) be (?:contacted|called(?: back)?|phoned)(?: back)? (?:by (?:us|${TEAM})|${IN_TIME})`, `(?:you can )?expect (?:an? |to (?:hear|receive|get) ?)(?:\\p{L}+ ){0,2}(?:call|reply|response|back|message|answer)? ?(?:back )?from (?:us|${TEAM})`,
    `(?:your|the|this) (?:\\p{L}+ )?${THING} (?:has|have|is|was|will|are)(?: now| already| just)? (?:been|being|be|now)(?: now| already| successfully)? (?:escalated|forwarded|passed|handed|transferred|referred|routed|assigned|flagged|raised|shared with|sent to ${TEAM}|submitted to ${TEAM}|looked into)`,
    `(?:this|it|that|everything)(?:'s| is| has| will| was)(?: now| already)? (?:been|being|be)(?: now)? (?:escalated|(?:forwarded|passed|handed|transferred|referred|routed|assigned|flagged|sent|reported)(?: (?:on|over|along))? to ${TEAM})`,
    `(?:an?|your|the) ${TICKET} (?:has been|was|is being|will be|is) (?:created|opened|raised|logged|submitted|filed)(?! (?:by|when|if|once))`,
    `${TEAM} (?:has|have) (?:now |already |just )?(?:been )?(?:notified|informed|alerted|contacted|told|assigned|joined|asked to|taken over|your (?:request|message|case|question))`,
    `${TEAM} (?:is|are)(?: now| already| currently)? (?:on (?:the|their|his|her|its) way|joining|coming(?! from)|taking over|looking into|being (?:notified|informed|alerted|called|contacted)|about to|reviewing your|connecting|getting back|calling you|contacting you)`,
    `${TEAM}${WILL}${SOON} ${COME}`, `(?:he|she|they)${WILL}${SOON} (?:contact|call|ring|phone|message|write to|get back to|be with|reach out to|follow up with|join) (?:you|this chat|us)`,
    `(?:help|assistance) is on (?:the|its) way`,
    `(?:please )?(?:hold(?: on)?|wait|hang on|stay (?:on the line|in (?:the|this) chat|here|with me|tuned)|bear with (?:me|us)|one moment|just a moment)(?: please)?(?: a (?:moment|minute|second))?[, ]+(?:while|until|as|and|for) (?:i|we|${TEAM})(?: (?:get|find|check|connect|fetch|put|answer|is|are|join|to)|'ll| will)`,
    `you(?:'re| are) (?:now |currently )?(?:number|no\\.?|next|first|second|third|\\p{N}+\\p{L}*)(?: \\p{N}+| \\p{L}+)? in (?:the |our )?(?:queue|line)`, `(?:added|placed|put) you (?:in|to|into) (?:the|our) (?:queue|line|waiting list)`, `there (?:are|is) (?:\\p{N}+|one|two|three|\\p{L}+) (?:people|persons?|customers?|visitors?) (?:ahead of|before) you`,
  ],
};
