import { stem, words } from '../words.ts';

/** What visitors say and what a shop's pages say for the same thing. One group a line; a match by it counts less. */
const GROUPS = [
  'refund return money back reimburse', 'shipping delivery ship deliver dispatch', 'order parcel package purchase', 'price cost fee charge expensive cheap',
  'hours open opening closed close time when', 'subscription plan membership', 'pay payment card checkout', 'password login signin sign-in', 'broken damaged defective faulty',
  'phone call telephone number', 'email mail e-mail', 'cancel stop end', 'pause hold suspend', 'change edit update modify', 'voucher coupon discount promo code gift',
  'international internationally abroad overseas country countries worldwide europe france germany spain italy netherlands poland ireland belgium austria sweden uk usa us canada australia japan india brazil mexico',
];
const GROUPS_OF = new Map<string, number[]>();
GROUPS.forEach((group, at) => words(group).map(stem).forEach((word) => GROUPS_OF.set(word, [...(GROUPS_OF.get(word) ?? []), at])));
const MEMBERS = GROUPS.map((group) => [...new Set(words(group).map(stem))]);

/** Other (stemmed) words for a stemmed word. */
export function synonyms(word: string): string[] {
  return (GROUPS_OF.get(word) ?? []).flatMap((at) => MEMBERS[at] ?? []).filter((other) => other !== word);
}
