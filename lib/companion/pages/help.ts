import type { Http } from '../modules/parts.ts';
import { page } from './page.ts';

const BODY = `<header class="bar"><strong>Baton<span class="tag">help</span></strong></header><main><article class="text">
<h1>Handing a chat to a person</h1>
<p>The bot answers visitors. When it cannot help, or a visitor prefers a person, the conversation comes to your team in the side panel of the Baton extension. This page is short on purpose; longer guides are still to be written.</p>
<h2>Handoff settings</h2>
<table><thead><tr><th scope="col">Setting</th><th scope="col">What it does</th></tr></thead><tbody>
<tr><th scope="row">Enable human handoff</th><td>Off: no button and no offers, and a visitor who asks for a person gets an honest answer. Per bot, on the Support tab.</td></tr>
<tr><th scope="row">Trigger mode</th><td><b>Button</b>: visitors click <b>Talk to a person</b>. <b>Auto</b>: the bot offers a person when it cannot help. <b>Both</b>: the button always, and the offers too.</td></tr>
<tr><th scope="row">Offline message</th><td>What visitors see, with an e-mail field, when they ask for a person while nobody is available.</td></tr>
<tr><th scope="row">Agent label</th><td>What visitors see of an agent, such as "Sarah from Support". Names of the team are never shown.</td></tr>
<tr><th scope="row">Agents available</th><td>The switch in the popup. Off, or on while no agent's browser is connected: visitors get the offline message. The conversation is marked Escalated either way.</td></tr>
</tbody></table>
<h2>Reviewing conversations</h2>
<p>The side panel, and the same app as a full page, list every conversation as <b>Open</b>, <b>Escalated</b>, <b>Resolved</b> or <b>Archived</b>. Filter by bot, status or channel, search by text, and export what you see as CSV (leads and admins). The card on top of an escalated conversation says why it is there.</p>
<h2>A support bot from nothing</h2>
<ol><li>Options, Bots, <b>Add bot</b>: a name, and then step by step what follows here. The new bot answers at once in the <b>Playground</b>, where <b>Try the detector</b> shows why it does what it does.</li><li>Knowledge: add questions with their answers, or files up to 2 MB each: Markdown, text, web pages (HTML), tables (CSV with a question and an answer in each row). A file takes the place of the one of its name. The bot answers from these alone, and cites them.</li><li>Support: <b>Enable human handoff</b>, and choose the trigger mode.</li><li>General: list the sites that may embed it, copy the snippet into your pages.</li><li>Switch <b>Agents available</b> on in the popup.</li></ol>
<h2>A bot that gets better</h2>
<p>On the Knowledge tab, <b>Questions nobody could answer</b> lists what visitors asked in vain; Answer makes an entry of one. An agent who resolves a conversation is asked whether the bot may learn the answer: a lead or an admin accepts it, edits it or rejects it. On the Support tab, the slider makes the bot offer a person sooner or later, <b>Words that bring a person</b> do so whatever the bot knows, and the <b>Trigger lab</b> shows what changed settings would have done to past conversations before you save them.</p>
<h2>Who answers</h2>
<p>The <b>Engine</b> tab: the knowledge base alone, an OpenAI-compatible chat model that answers from it, or your own bot behind a signed webhook. Keys are write-only. Whenever a model or bot fails or takes too long, the knowledge base answers; whoever asks for a person gets one without any of them. With an embeddings endpoint, questions are also compared by what they mean.</p>
<h2>Another person on the team</h2>
<p>An admin adds them on the Team tab, or with <code>npm run baton -- member add NAME --role agent</code>. The pairing code works once, within 15 minutes.</p>
</article></main><footer>Baton</footer>`;

/** What the settings mean, how conversations are reviewed, and how a bot is made. */
export const helpPage = (c: Http): Response => page(c, { title: 'Baton: help', body: BODY });
