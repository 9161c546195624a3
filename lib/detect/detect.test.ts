import { expect, test } from 'vitest';
import { consent } from './consent.ts';
import { detectRequest, REQUEST_LANGUAGES } from './explicit-request.ts';
import { frustration } from './frustration.ts';
import { isRepeated, similarity } from './repeat.ts';
import { satisfied } from './satisfied.ts';
import { smallTalk } from './small-talk.ts';

const strength = (text: string): string => detectRequest(text).strength;

test('there are rules for at least eighteen languages', () => {
  expect(new Set(REQUEST_LANGUAGES).size).toBeGreaterThanOrEqual(18);
});

test.each(['Talk to a human!', 'AGENT', 'agent please', 'I don\'t know how to speak to an agent', 'I do not want the bot, get me a real person', 'can I speak to somenoe?', 'Passez-moi un conseiller', 'キャンセルしたい。担当者につないでください', 'no i dont want to make a transfer please let me speak with someone else', "I don't feel comfortable sharing this with a machine", "I don't want to talk to a bot", 'how to speak tosomebody', 'I have got to speak with a eprson'])('"%s" asks for a person', (text) => {
  expect(strength(text)).toBe('explicit');
});

test.each(['are you a human?', 'no need for an agent, just tell me how to pause my plan', "don't transfer me to anyone", 'send money to someone', 'one person less for the table', 'how do I add an agent seat', 'what hours do your agents work?', 'how do you say can i speak to a manager in spanish', 'No, you don\'t need to transfer me to a real person', 'Supported countries', 'I do not want to talk to a person, a bot is fine', '', '???'])('"%s" does not', (text) => {
  expect(strength(text)).toBe('none');
});

test.each(['can anyone help me', 'is anyone there?', 'agent fees'])('"%s" may', (text) => {
  expect(strength(text)).toBe('ambiguous');
});

test('the evidence is the words that asked', () => {
  expect(detectRequest('My parcel is lost. I want to talk to a real person about it.').evidence).toBe('talk to a real person');
});

test('a long message is read in a few milliseconds, whatever is in it', () => {
  for (const text of ['talk to '.repeat(500), 'a '.repeat(2_000), 'the the my any with to '.repeat(180), '我要'.repeat(2_000), 'mit einem '.repeat(400), 'agent for the '.repeat(280), 'customer support '.repeat(230), 'a real live '.repeat(330), "don't want to ".repeat(300)]) {
    const once = (): number => { const start = performance.now(); detectRequest(text.slice(0, 4_000)); return performance.now() - start; };
    // The best of three: what other processes do to the clock is not the rules'.
    expect(Math.min(once(), once(), once())).toBeLessThan(50);
  }
});

test('small talk is a whole message; a greeting before a question is not', () => {
  expect(['hi', 'Hello there!', 'thanks 😊', 'ok bye', 'Спасибо!', 'are you a human?', 'constructor'].map(smallTalk)).toEqual(['greeting', 'greeting', 'thanks', 'bye', 'thanks', 'identity', null]);
  expect(smallTalk('hi, where is my order?')).toBeNull();
});

test('yes and no to an offer', () => {
  expect(['yes please', 'Sure!', 'no thanks', 'not now', 'ja gerne', 'はい', 'yes but first tell me the price', 'where is my order', 'nothing works'].map(consent)).toEqual(['yes', 'yes', 'no', 'no', 'yes', 'yes', null, null, null]);
});

test('the same question again, in the same or other words', () => {
  expect(isRepeated('Where is my order?', ['where is my order'])).toBe(true);
  expect(isRepeated('leasing a machine for my office', ['do you sell office machines on lease?'])).toBe(true);
  expect(isRepeated('do you have decaf', ['where is my order'])).toBe(false);
  expect(similarity('', 'x')).toBe(0);
});

test('frustration is heard in strong words, shouting and repeated marks, not in one mild word', () => {
  expect(frustration('your bot is useless and I am furious')).toBeGreaterThanOrEqual(0.7);
  expect(frustration('WHY IS THIS NOT WORKING???')).toBeGreaterThanOrEqual(0.7);
  expect(frustration('I am a bit disappointed')).toBeLessThan(0.7);
  expect(frustration('where is my order?')).toBe(0);
});

test('satisfied is said, and not when it is taken back', () => {
  expect(['thanks!', 'great, that worked', 'that did not help', 'thanks but no', 'does that work?'].map(satisfied)).toEqual([true, true, false, false, false]);
});
