import { BotId } from '#lib/protocol/ids.ts';

export const DEMO_BOT = BotId.parse('pinewood');
export const DEMO_NAME = 'Pinewood Outdoor (demo)';

/** What the demo shop's bot answers from: questions with their answers. */
export const SHOP_FAQ: readonly (readonly [question: string, answer: string])[] = [
  ['How long does shipping take?', 'Standard shipping takes 2 to 4 working days. Express orders placed before noon arrive the next working day.'],
  ['How much is shipping?', 'Standard shipping costs €4.90 and is free for orders over €60. Express costs €12.90.'],
  ['How do I return something?', 'Send it back unused within 30 days. The return label is in your parcel; the refund follows within 5 working days of its arrival.'],
  ['Where is my order?', 'Open the tracking link in your shipping mail. It updates every evening.'],
  ['Can I change or cancel my order?', 'Until it is packed, usually within two hours: open the order in your account and choose Change or Cancel.'],
  ['Which payment methods do you take?', 'Credit card, PayPal, Apple Pay, Google Pay and bank transfer.'],
  ['Is there a warranty?', 'All our gear has a two-year warranty; backpacks have five years.'],
  ['Do your tents come with pegs?', 'Yes, every tent comes with pegs, guy lines and a repair patch.'],
  ['Is the Larch 2 tent waterproof?', 'Yes: the fly is rated for a 3,000 mm water column, the floor for 5,000 mm, and all seams are taped.'],
  ['How do I wash a down jacket?', 'Wash it at 30 °C with down detergent and tumble-dry it on low with two tennis balls until no lumps are left.'],
  ['Which backpack size do I need?', 'For day hikes 20 to 30 litres, for huts 35 to 45, for a week with a tent 55 to 70. The Ridge comes in 30, 45 and 60 litres.'],
  ['How warm is the Fern jacket?', 'The Fern down jacket is comfortable down to -8 °C when you move, and down to 0 °C when you stand still.'],
  ['Do you have a shop I can visit?', 'Yes, at 12 Mill Lane in Pinewood, Monday to Saturday from 10:00 to 18:00.'],
  ['Do you repair gear?', 'Yes. Zips, seams and poles are repaired in our workshop, most within a week; the first repair in the warranty time is free.'],
  ['Do you sell gift cards?', 'Yes, from €10 to €500, sent by e-mail at once. They are valid for three years.'],
];

/** A document as an admin would add it: its sections are cited by their headings. */
export const SHOP_DOCUMENT = {
  name: 'returns-and-shipping.md',
  text: `# Returns and shipping

## Countries we ship to
We ship to all countries of the European Union, to Norway, to Switzerland and to the United Kingdom. Parcels to countries outside the European Union may be charged customs duties on arrival.

## International delivery times
Parcels within the European Union take 3 to 6 working days, to Norway, Switzerland and the United Kingdom 5 to 8 working days.

## Large items
Kayaks and roof boxes come by freight within 10 working days. The carrier phones you to agree on a day.

## Exchanges
For another size or colour, choose Exchange in your account. We send the new item as soon as the parcel is scanned by the carrier, at no cost.

## What cannot be returned
Opened gas cartridges, water filters that were used and gift cards cannot be returned.

## Damaged parcels
Take a picture of the parcel and of the item before you use it, and send both with your order number. We replace damaged items at our cost.

## Refunds
Refunds go back the way you paid: to cards and PayPal within 5 working days, by bank transfer within 7.
`,
} as const;
