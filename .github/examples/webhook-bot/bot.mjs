// A bot of your own behind Baton's webhook. Node 20 or newer, nothing to install; README.md says how to run it.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { PORT = '9000', WEBHOOK_SECRET = '', COMPANION = 'http://127.0.0.1:8787' } = process.env;
if (!WEBHOOK_SECRET.startsWith('whsec_')) {
  console.error('Set WEBHOOK_SECRET to the signing secret of your bot in Baton: whsec_…');
  process.exit(1);
}
const KEY = Buffer.from(WEBHOOK_SECRET.slice('whsec_'.length), 'base64');
const TOLERANCE_S = 5 * 60;
const BODY_MAX = 1024 * 1024;

/** What this bot knows. Put your Rasa, Botpress, Dialogflow or model call here instead. */
const ANSWERS = [
  [/opening hours|open today/i, 'The workshop is open Monday to Friday, 9:00 to 17:00.', 'Opening hours'],
  [/repair|broken|mend/i, 'We repair zips, seams and poles, most within a week.', 'Repairs'],
  [/wax|care|wash/i, 'Wax canvas twice a year, and never put it in the washing machine.', 'Care of canvas'],
];

/** @returns the answer to a turn, or 'later' */
function answerTo(text) {
  if (/stock|available in/i.test(text)) return 'later';
  if (/complaint|lawyer/i.test(text)) return { reply: { text: 'I am sorry to hear that.' }, handoff: 'escalate' };
  if (/bulk|wholesale/i.test(text)) return { reply: { text: 'Prices for many pieces are made by hand.' }, handoff: 'offer' };
  const [, reply, title] = ANSWERS.find(([words]) => words.test(text)) ?? [];
  return reply ? { reply: { text: reply, sources: [{ title }] }, answerable: 0.95 } : { answerable: 0 };
}

const sign = (id, seconds, body) => `v1,${createHmac('sha256', KEY).update(`${id}.${seconds}.${body}`).digest('base64')}`;

/** Only Baton knows the secret, and a request that was caught on its way is of no use later. */
function isFromBaton(headers, body) {
  const [id, seconds, given] = [headers['webhook-id'], Number(headers['webhook-timestamp']), String(headers['webhook-signature'] ?? '')];
  if (!id || !(Math.abs(Date.now() / 1000 - seconds) <= TOLERANCE_S)) return false;
  const right = Buffer.from(sign(id, seconds, body));
  return given.split(' ').map((one) => Buffer.from(one)).some((one) => one.length === right.length && timingSafeEqual(one, right));
}

/** Calls Baton. The id stays the same over the tries, so a call that arrived is not done twice. */
async function call(botId, message, tries = 4) {
  const [id, body] = [`msg_${randomUUID()}`, JSON.stringify(message)];
  for (let tried = 0; tried < tries; tried++) {
    const seconds = Math.floor(Date.now() / 1000);
    const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': sign(id, seconds, body) };
    const status = await fetch(`${COMPANION}/api/bots/${botId}/webhook`, { method: 'POST', headers, body }).then(async (response) => {
      console.log(message.type, response.status, await response.text());
      return response.status;
    }, (error) => { console.log(message.type, 'not sent:', error.message); return 0; });
    if (status !== 0 && status !== 429 && status < 500) return;
    await new Promise((resolve) => { setTimeout(resolve, 500 * 2 ** tried * (0.5 + Math.random())); });
  }
}

/** Looks it up, which takes a moment, then answers the turn. */
function answerLater({ turnId, botId }) {
  setTimeout(() => {
    call(botId, { type: 'turn.answer', data: { turnId, reply: { text: 'Yes, there are 12 left in the warehouse.' }, answerable: 0.9 } }).catch(console.error);
  }, 1500);
}

/** Baton asks again under the same webhook-id when an answer was lost: what was promised for later is looked up once. */
const promised = new Set();

function takeTurn(response, { data }) {
  const answer = answerTo(data.message.text);
  console.log('turn', data.turnId, answer === 'later' ? 'later' : JSON.stringify(answer));
  if (answer !== 'later') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    return;
  }
  response.writeHead(202).end();
  if (promised.has(data.turnId)) return;
  promised.add(data.turnId);
  setTimeout(() => promised.delete(data.turnId), 10 * 60_000).unref();
  answerLater(data);
}

createServer((request, response) => {
  const parts = [];
  let size = 0;
  request.on('data', (part) => {
    size += part.length;
    if (size > BODY_MAX) request.destroy();
    parts.push(part);
  });
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    if (request.method !== 'POST' || !isFromBaton(request.headers, body)) {
      response.writeHead(401).end('This needs the signature of Baton.');
      return;
    }
    const event = JSON.parse(body);
    if (event.type === 'turn.requested') takeTurn(response, event);
    else response.writeHead(204).end(); // something newer than this bot
  });
}).listen(Number(PORT), '127.0.0.1', function listening() {
  console.log(`listening on http://127.0.0.1:${this.address().port}/`);
});
