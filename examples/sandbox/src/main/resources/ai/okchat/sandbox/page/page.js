// Shows the bots of one API key as visitors would see them. Every text of a bot goes into the page as text, never as HTML.

const MOST_ROWS = 200;
const find = (id) => document.getElementById(id);

let key = '';
let chosen = null;
let session = '';

/** Sends a request to the API; throws an Error with the words of the API. */
async function request(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { 'x-api-key': key, 'Content-Type': 'application/json' } });
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new Error(`The sandbox responded with ${response.status}: ${body.error ?? 'no reason'}`);
  }
  return response;
}

const read = async (path) => (await request(path)).json();

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** Runs an action, and shows its failure above the content. */
async function attempt(action) {
  find('problem').hidden = true;
  try {
    await action();
  } catch (failure) {
    find('problem').textContent = failure.message;
    find('problem').hidden = false;
  }
}

async function showBots() {
  const { chatbots } = await read('/api/external/chatbots');
  find('content').hidden = false;
  find('no-bots').hidden = chatbots.length > 0;
  find('bots').replaceChildren(...chatbots.slice(0, MOST_ROWS).map((bot) => {
    const button = element('button', bot.name);
    button.addEventListener('click', () => attempt(() => showBot(bot, button)));
    const row = document.createElement('li');
    row.append(button);
    return row;
  }));
  find('bots').querySelector('button')?.click();
}

async function showBot(bot, button) {
  find('bots').querySelectorAll('button').forEach((other) => other.removeAttribute('aria-current'));
  button.setAttribute('aria-current', 'true');
  chosen = bot;
  session = `page-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  const settings = bot.settings ?? {};
  const look = settings.snippet ?? {};
  find('bot').hidden = false;
  find('bot-name').textContent = look.header || look.name || bot.name;
  find('slogan').textContent = look.slogan ?? bot.description ?? '';
  colour('primary', look.primaryColor, '#1f4b99');
  colour('secondary', look.secondaryColor, '#e8edf6');
  picture(settings.avatar || look.logo || '');
  find('messages').replaceChildren();
  if (settings.greeting) {
    say('bot', settings.greeting);
  }
  await showLists(bot);
}

/** Sets a declared colour, and black or white on it, whichever has the greater contrast. */
function colour(name, declared, usual) {
  const value = CSS.supports('color', declared ?? '') ? declared : usual;
  const style = document.documentElement.style;
  style.setProperty(`--${name}`, value);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  canvas.fillStyle = value;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  style.setProperty(`--on-${name}`, luminance > 0.179 ? '#000' : '#fff');
}

function picture(link) {
  const logo = find('logo');
  logo.hidden = !/^https?:\/\//.test(link);
  logo.referrerPolicy = 'no-referrer';
  if (!logo.hidden) {
    logo.src = link;
  }
}

function say(who, text) {
  const message = element('div', text, `message ${who}`);
  find('messages').append(message);
  message.scrollIntoView({ block: 'end' });
  return message;
}

const botPath = (bot) => `/api/external/chatbot/${encodeURIComponent(bot.id)}`;

async function showLists(bot) {
  const [documents, conversations] = await Promise.all([
    read(`${botPath(bot)}/knowledge-base`),
    read(`${botPath(bot)}/conversations`),
  ]);
  if (chosen !== bot) {
    return; // The user chose another bot meanwhile.
  }
  rows('documents', documents.documents, (row) => `${row.title}${row.status ? ` (${row.status})` : ''}`);
  rows('conversations', conversations.data, (row) => `${row.created_at} ${row.platform}: ${row.last_message ?? ''}`);
}

function rows(id, list, text) {
  const shown = Array.isArray(list) ? list.slice(0, MOST_ROWS).map((row) => element('li', text(row))) : [];
  find(id).replaceChildren(...(shown.length > 0 ? shown : [element('li', 'None.')]));
}

/** Sends a question, and shows the answer while it arrives: lines of a code, a colon and JSON; code 0 is text. */
async function ask(question) {
  const bot = chosen;
  say('user', question);
  const answer = say('bot', '…');
  const response = await request(`${botPath(bot)}/chat?stream=true`, {
    method: 'POST',
    body: JSON.stringify({ messages: [{ role: 'user', content: question }], sessionToken: session }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  answer.textContent = '';
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : lines.pop();
    lines.filter((line) => line.startsWith('0:')).forEach((line) => { answer.textContent += JSON.parse(line.slice(2)); });
    answer.scrollIntoView({ block: 'end' });
    if (done) {
      break;
    }
  }
  await showLists(bot);
}

find('login').addEventListener('submit', (event) => {
  event.preventDefault();
  key = find('key').value;
  attempt(showBots);
});

find('chat').addEventListener('submit', (event) => {
  event.preventDefault();
  const question = find('question').value.trim();
  find('question').value = '';
  if (question) {
    attempt(() => ask(question));
  }
});
