'use strict';

const byId = id => document.getElementById(id);
const text = byId('text'), layer = byId('layer'), offers = byId('offers'), output = byId('output');
const CHECK_MS = 200, DERIVE_MS = 120, LOST_MS = 1500, RETRY_MS = 2000, SLOW_MS = 400;

let tab = null, source = null, running = false;
let tokens = [], findings = [], coloured = '';
let controls = [];

// ---- requests

/** Sends a request of this tab; opens the tab first, and once more if the server closed it. */
async function ask(what, body = {}) {
  for (let attempt = 0; ; attempt++) {
    if (!tab) await openTab();
    let answer;
    try {
      answer = await post(`tabs/${tab}/${what}`, body);
    } catch (lost) {
      serverIsLost();
      throw lost;
    }
    if (answer.status === 410 && attempt === 0) {
      tab = null;
      continue;
    }
    const content = await answer.json();
    if (!answer.ok) throw new Error(content.message);
    return content;
  }
}

const post = (address, body) =>
  fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

let opening = null;

function openTab() {
  opening ??= open().finally(() => { opening = null; });
  return opening;
}

async function open() {
  let answer;
  try {
    answer = await post('tabs', {});
  } catch (lost) {
    serverIsLost();
    throw lost;
  }
  const content = await answer.json();
  if (!answer.ok) {
    banner(content.message);
    throw new Error(content.message);
  }
  tab = content.tab;
  listen();
}

// ---- a server that has stopped

let losing = 0, retrying = 0;

function banner(message) {
  byId('banner').textContent = message;
  byId('banner').hidden = !message;
}

function serverIsLost() {
  banner('The server has stopped. Start `sde serve` again and open the address that it prints; Share keeps this script in a link.');
  setRunning(false, 'no server');
  retrying ||= setTimeout(retry, RETRY_MS);
}

async function retry() {
  retrying = 0;
  try {
    if (tab) {
      listen();
    } else {
      await openTab();
    }
  } catch (lost) {
    retrying ||= setTimeout(retry, RETRY_MS);
  }
}

// ---- events

function listen() {
  source?.close();
  const events = source = new EventSource(`tabs/${tab}/events`);
  events.onopen = () => {
    clearTimeout(losing);
    losing = 0;
    banner('');
  };
  events.onerror = () => {
    if (events !== source) return;
    if (events.readyState === EventSource.CLOSED) {
      tab = null;
      setRunning(false, 'This tab was closed, and its names are gone; Run begins anew.');
      openTab().catch(() => {});
    } else {
      losing ||= setTimeout(serverIsLost, LOST_MS);
    }
  };
  events.addEventListener('text', event => showText(JSON.parse(event.data)));
  events.addEventListener('value', event => showValue(JSON.parse(event.data)));
  events.addEventListener('problem', event => showProblem(JSON.parse(event.data)));
  events.addEventListener('run', event => showRun(JSON.parse(event.data)));
}

function element(name, style, content) {
  const made = document.createElement(name);
  if (style) made.className = style;
  if (content !== undefined) made.textContent = content;
  return made;
}

function showText({ stream, text: line }) {
  const style = stream === 'note' ? 'note' : 'lines';
  const last = output.lastElementChild;
  if (last?.tagName === 'PRE' && last.className === style) {
    last.append('\n' + line);
  } else {
    output.append(element('pre', style, line));
  }
}

function showValue({ display, text: plain, picture, html }) {
  const shown = element('div', 'value');
  if (picture) {
    const image = element('img');
    image.src = picture;
    image.alt = plain;
    shown.append(image);
  } else if (html) {
    shown.innerHTML = html;
  } else {
    shown.append(element('pre', '', plain));
  }
  if (display) shown.dataset.display = display;
  const before = display && output.querySelector(`[data-display="${CSS.escape(display)}"]`);
  if (before) {
    before.replaceWith(shown);
  } else {
    output.append(shown);
  }
}

function showProblem({ findings: found, message }) {
  for (const finding of found ?? []) {
    output.append(element('pre', `problem of-${finding.severity}`, finding.drawing));
  }
  if (message) output.append(element('pre', 'problem', message));
}

function showRun({ state, reason, seconds, files, continues }) {
  byId('results').hidden = false;
  if (state === 'running') {
    if (!continues) {
      output.replaceChildren();
      byId('files').hidden = true;
    }
    setRunning(true, 'running …');
    return;
  }
  const words = { done: 'done', failed: 'ended by an error', stopped: 'stopped' }[state];
  setRunning(false, `${words} after ${seconds.toFixed(1)} s${reason ? ': ' + reason : ''}`);
  const list = byId('files');
  list.replaceChildren(...files.map(name => {
    const link = element('a', '', name);
    link.href = `tabs/${tab}/files/${name.split('/').map(encodeURIComponent).join('/')}`;
    link.download = name.split('/').pop();
    const item = element('li');
    item.append(link);
    return item;
  }));
  list.hidden = files.length === 0;
}

function setRunning(isRunning, words) {
  running = isRunning;
  byId('run').disabled = isRunning;
  byId('stop').disabled = !isRunning;
  byId('state').textContent = words;
}

async function run(continues) {
  if (running) return;
  const from = text.selectionStart, to = text.selectionEnd;
  const start = text.value.lastIndexOf('\n', from - 1) + 1;
  const end = text.value.indexOf('\n', Math.max(from, to - 1));
  const chosen = continues ? text.value.slice(start, end < 0 ? undefined : end) : text.value;
  setRunning(true, 'starting …');
  try {
    if (continues) output.append(element('pre', 'input', chosen));
    await ask('run', { text: chosen, parameters: changed(), continues });
  } catch (refused) {
    if (byId('banner').hidden) setRunning(false, refused.message);
  }
}

// ---- the editor

/** Draws the layer beneath the text: colours of tokens, and waves below errors. */
function paint() {
  const value = text.value;
  const cuts = new Set([0, value.length]);
  for (const [start, end] of tokens) cuts.add(start).add(end);
  const places = findings.filter(each => each.start !== undefined);
  for (const { start, end } of places) cuts.add(start).add(Math.max(end, start + 1));
  const points = [...cuts].filter(at => at <= value.length).sort((a, b) => a - b);
  const parts = [];
  let token = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i], to = points[i + 1];
    while (token < tokens.length && tokens[token][1] <= from) token++;
    const colour = token < tokens.length && tokens[token][0] <= from ? tokens[token][2] : '';
    const wrong = places.filter(each => each.start <= from && to <= Math.max(each.end, each.start + 1));
    const mark = wrong.some(each => each.severity === 'error') ? 'error' : wrong.length ? 'warning' : '';
    const piece = value.slice(from, to);
    parts.push(colour || mark ? element('span', `${colour} ${mark}`.trim(), piece) : piece);
  }
  layer.replaceChildren(...parts, '\n');
  const count = value.split('\n').length;
  byId('lines').textContent = Array.from({ length: count }, (_, i) => i + 1).join('\n');
}

/** Moves colours and errors with the text that stays, until the server has read the change. */
function shift() {
  const now = text.value;
  const most = Math.min(now.length, coloured.length);
  let head = 0;
  while (head < most && now[head] === coloured[head]) head++;
  let tail = 0;
  while (tail < most - head && now[now.length - 1 - tail] === coloured[coloured.length - 1 - tail]) tail++;
  const by = now.length - coloured.length, end = coloured.length - tail;
  const moved = at => at >= end ? at + by : at;
  tokens = tokens.filter(([from, to]) => to <= head || from >= end || from < head && to >= end)
    .map(([from, to, style]) => [moved(from), moved(to), style]);
  findings = findings.filter(each => each.start === undefined || each.end <= head || each.start >= end)
    .map(each => each.start === undefined ? each : { ...each, start: moved(each.start), end: moved(each.end) });
  coloured = now;
}

let colouring = false, checking = 0, deriving = 0, derives = false, derivesAgain = false;

function changedText() {
  shift();
  paint();
  keep();
  colour();
  clearTimeout(checking);
  checking = setTimeout(check, CHECK_MS);
}

async function colour() {
  if (colouring) return;
  colouring = true;
  try {
    const asked = text.value;
    const answer = await ask('colours', { text: asked });
    if (text.value === asked) {
      tokens = answer;
      paint();
    } else {
      setTimeout(colour);
    }
  } catch (lost) {
    // the banner says it
  } finally {
    colouring = false;
  }
}

async function check() {
  const asked = text.value;
  let answer;
  try {
    answer = await ask('check', { text: asked });
  } catch (lost) {
    return;
  }
  if (text.value !== asked) return;
  findings = answer.findings;
  paint();
  listFindings();
  showControls(answer.parameters);
  if (findings.some(each => each.severity === 'error')) {
    stale('The script has errors; this is what it derived before.');
  } else {
    derive();
  }
}

function listFindings() {
  byId('findings').replaceChildren(...findings.map(finding => {
    const item = element('li', `of-${finding.severity}`);
    if (finding.start !== undefined) {
      const place = element('button', '', `line ${finding.line}`);
      place.type = 'button';
      place.onclick = () => select(finding.start, finding.end);
      item.append(place, ' ');
    }
    item.append(`${finding.severity} ${finding.code}: ${finding.message}`);
    for (const note of [finding.label, ...finding.notes].filter(Boolean)) item.append(element('p', '', note));
    if (finding.help) {
      const help = element('p', '', `help: ${finding.help} `);
      if (finding.fix) {
        const fix = element('button', '', 'change it');
        fix.type = 'button';
        fix.onclick = () => insert(finding.fix.start, finding.fix.end, finding.fix.text);
        help.append(fix);
      }
      item.append(help);
    }
    return item;
  }));
}

function select(start, end) {
  text.focus();
  text.setSelectionRange(start, end);
}

/** Replaces a part of the text as if it was typed, so that Ctrl-Z takes it back. */
function insert(start, end, words) {
  select(start, end);
  if (!document.execCommand(words ? 'insertText' : 'delete', false, words)) {
    text.setRangeText(words, start, end, 'end');
    changedText();
  }
}

// ---- completion

let chosen = 0, place = null, leaves = false;

async function complete() {
  const position = text.selectionStart, asked = text.value;
  const answer = await ask('complete', { text: asked, position }).catch(() => null);
  if (!answer || text.value !== asked || text.selectionStart !== position) return;
  if (answer.offers.length === 1) {
    insert(answer.start, answer.end, answer.offers[0].text);
  } else if (answer.offers.length > 1) {
    place = answer;
    showOffers();
  }
}

function showOffers() {
  chosen = 0;
  offers.replaceChildren(...place.offers.map((offer, i) => {
    const item = element('li', '', offer.shown);
    item.id = `offer-${i}`;
    item.setAttribute('role', 'option');
    if (offer.about) item.append(element('small', '', offer.about));
    item.onmousedown = event => {
      event.preventDefault();
      chosen = i;
      take();
    };
    return item;
  }));
  offers.hidden = false;
  mark();
  const before = text.value.slice(0, place.start).split('\n');
  const style = getComputedStyle(text);
  const line = parseFloat(style.lineHeight), pad = parseFloat(style.paddingTop);
  const wide = measure(style) * before.at(-1).length;
  const room = byId('editor').clientWidth - offers.offsetWidth + byId('editor').scrollLeft - 8;
  offers.style.top = `${pad + line * before.length + 2}px`;
  offers.style.left = `${Math.max(4, Math.min(byId('lines').offsetWidth + pad + wide, room))}px`;
  offers.scrollIntoView({ block: 'nearest' });
}

let letter = 0;

function measure(style) {
  if (!letter) {
    const context = document.createElement('canvas').getContext('2d');
    context.font = style.font;
    letter = context.measureText('m').width;
  }
  return letter;
}

function mark() {
  [...offers.children].forEach((item, i) => item.setAttribute('aria-selected', i === chosen));
  text.setAttribute('aria-activedescendant', `offer-${chosen}`);
  offers.children[chosen]?.scrollIntoView({ block: 'nearest' });
}

function take() {
  const offer = place.offers[chosen];
  const { start, end } = place;
  hideOffers();
  insert(start, end, offer.text);
}

function hideOffers() {
  offers.hidden = true;
  place = null;
  text.removeAttribute('aria-activedescendant');
}

function keyInOffers(event) {
  const count = place.offers.length;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    chosen = (chosen + step + count) % count;
    mark();
  } else if (event.key === 'Enter' || event.key === 'Tab') {
    take();
  } else {
    hideOffers();
    return event.key === 'Escape';
  }
  return true;
}

text.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    hideOffers();
    run(event.shiftKey);
  } else if (!offers.hidden && !event.ctrlKey && !event.metaKey && keyInOffers(event)) {
    event.preventDefault();
  } else if (event.key === 'Tab' && !event.shiftKey && !leaves) {
    event.preventDefault();
    const before = text.value[text.selectionStart - 1];
    if (text.selectionStart !== text.selectionEnd || before === undefined || /\s/.test(before)) {
      insert(text.selectionStart, text.selectionEnd, '  ');
    } else {
      complete();
    }
  } else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    const line = text.value.slice(text.value.lastIndexOf('\n', text.selectionStart - 1) + 1, text.selectionStart);
    const deeper = /[{([]\s*$/.test(line) ? '  ' : '';
    insert(text.selectionStart, text.selectionEnd, '\n' + /^\s*/.exec(line)[0] + deeper);
  }
  leaves = event.key === 'Escape' || leaves && event.key === 'Shift';
});
text.addEventListener('input', () => {
  hideOffers();
  changedText();
});
text.addEventListener('blur', hideOffers);
text.addEventListener('paste', event => {
  const pasted = event.clipboardData.getData('text').trim();
  if (/^http:\/\/\S+#[sz]=\S+$/.test(pasted)) {
    event.preventDefault();
    load(pasted.slice(pasted.indexOf('#')));
  }
});

// ---- parameters

/** Shows a control for each parameter; a control that was moved stays, unless the script says something else now. */
function showControls(parameters) {
  const before = new Map(controls.map(each => [each.name, each]));
  const same = controls.length === parameters.length
    && parameters.every((each, i) => controls[i].name === each.name && controls[i].written === each.written && controls[i].about === each.about);
  byId('parameters').hidden = parameters.length === 0;
  if (same) return;
  controls = parameters.map(parameter => {
    const known = before.get(parameter.name);
    const kept = known && known.written === parameter.written ? known.value : given.get(parameter.name);
    return { ...parameter, initial: String(parameter.value), value: kept ?? String(parameter.value) };
  });
  byId('controls').replaceChildren(...controls.map(control));
}

function control(parameter) {
  const box = element('div', 'control');
  const label = element('label', '', parameter.name);
  label.htmlFor = `param-${parameter.name}`;
  box.append(label);
  const inputs = parameter.kind === 'number' ? [input(parameter, 'range'), input(parameter, 'number')]
    : [input(parameter, parameter.kind === 'boolean' ? 'checkbox' : 'text')];
  inputs[0].id = `param-${parameter.name}`;
  inputs[1]?.setAttribute('aria-label', `${parameter.name}, exact value`);
  for (const each of inputs) {
    each.addEventListener('input', () => {
      if (each.type === 'number' && !Number.isFinite(each.valueAsNumber)) return;
      parameter.value = each.type === 'checkbox' ? String(each.checked) : each.value;
      inputs.filter(other => other !== each).forEach(other => { other.value = parameter.value; });
      keep();
      later();
    });
  }
  box.append(...inputs);
  if (parameter.about) box.append(element('small', '', parameter.about));
  return box;
}

function input(parameter, type) {
  const made = element('input');
  made.type = type;
  if (type === 'range') {
    made.min = parameter.min;
    made.max = parameter.max;
    made.step = parameter.step;
  } else if (type === 'number') {
    made.step = 'any';
  }
  made.value = parameter.value;
  made.checked = parameter.value === 'true';
  return made;
}

/** The values that differ from the script's. */
function changed() {
  return Object.fromEntries(controls.filter(each => each.value !== each.initial).map(each => [each.name, each.value]));
}

// ---- derivation

function later() {
  clearTimeout(deriving);
  deriving = setTimeout(derive, DERIVE_MS);
}

const good = new Map();

function stale(words) {
  byId('note').textContent = byId('derivation').childElementCount ? words : '';
  byId('derivation').classList.toggle('stale', true);
}

/** Asks for one derivation at a time; what changed meanwhile is asked for afterwards. */
async function derive() {
  if (derives) {
    derivesAgain = true;
    return;
  }
  derives = true;
  const slow = setTimeout(() => { byId('note').textContent = 'deriving …'; }, SLOW_MS);
  try {
    const { processes } = await ask('derive', { text: text.value, parameters: changed() });
    showDerivation(processes);
  } catch (lost) {
    stale('This is what was derived before.');
  } finally {
    clearTimeout(slow);
    derives = false;
    if (derivesAgain) {
      derivesAgain = false;
      derive();
    }
  }
}

function showDerivation(processes) {
  const opened = new Set([...byId('derivation').querySelectorAll('details[open]')].map(each => each.closest('article').dataset.name));
  byId('note').textContent = processes.length ? '' : 'A script that declares or binds a process shows here what follows from it.';
  byId('derivation').classList.remove('stale');
  byId('derivation').replaceChildren(...processes.map(({ name, html, reason }) => {
    const article = element('article');
    article.dataset.name = name;
    article.append(element('h3', '', name));
    if (reason) article.append(element('p', 'note', reason));
    const shown = element('div', reason ? 'stale' : '');
    shown.innerHTML = html ?? good.get(name) ?? '';
    if (html) good.set(name, html);
    if (opened.has(name)) shown.querySelector('details')?.setAttribute('open', '');
    article.append(shown);
    return article;
  }));
}

// ---- scripts: examples, links, and what this tab held before

let given = new Map();

function keep() {
  sessionStorage.setItem('script', text.value);
  sessionStorage.setItem('parameters', JSON.stringify(changed()));
}

function setText(value, parameters = {}) {
  given = new Map(Object.entries(parameters));
  controls = [];
  text.value = value;
  changedText();
  clearTimeout(checking);
  check();
}

const toBase64 = bytes =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const fromBase64 = words => Uint8Array.from(atob(words.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0));
const through = (bytes, stream) => new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();

async function share() {
  const packed = await through(new TextEncoder().encode(text.value), new CompressionStream('deflate-raw'));
  const values = new URLSearchParams(changed()).toString();
  const fragment = `#z=${toBase64(new Uint8Array(packed))}${values && '&' + values}`;
  history.replaceState(null, '', fragment);
  const copied = await navigator.clipboard.writeText(location.href).then(() => true, () => false);
  byId('state').textContent = `${copied ? 'The link is copied' : 'The address is the link'}: it holds the script. `
    + 'Others open it by `sde serve LINK`, or paste it into this editor.';
}

/** Loads the script of a link. Returns false if the fragment holds none. */
async function load(fragment) {
  const fields = new URLSearchParams(fragment.slice(1));
  const packed = fields.get('z'), plain = fields.get('s');
  if (packed === null && plain === null) return false;
  try {
    const bytes = packed === null ? fromBase64(plain) : await through(fromBase64(packed), new DecompressionStream('deflate-raw'));
    fields.delete('z');
    fields.delete('s');
    setText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), Object.fromEntries(fields));
    return true;
  } catch (broken) {
    byId('state').textContent = 'The link is not whole: its script cannot be read.';
    return false;
  }
}

async function begin() {
  byId('run').onclick = () => run(false);
  byId('stop').onclick = () => ask('stop').catch(() => {});
  byId('share').onclick = share;
  addEventListener('hashchange', () => load(location.hash));
  addEventListener('pagehide', () => {
    if (tab) navigator.sendBeacon(`tabs/${tab}/close`, '{}');
  });
  addEventListener('pageshow', event => {
    if (event.persisted) {
      tab = null;
      openTab().catch(() => {});
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target !== text) run(false);
  });
  const examples = await fetch('examples').then(answer => answer.json());
  byId('examples').append(...examples.map(each => {
    const option = element('option', '', each.title);
    option.value = each.name;
    return option;
  }));
  byId('examples').onchange = event => {
    const found = examples.find(each => each.name === event.target.value);
    event.target.value = '';
    if (found) setText(found.text);
  };
  if (await load(location.hash)) return;
  const before = sessionStorage.getItem('script');
  setText(before ?? examples[0].text, JSON.parse(sessionStorage.getItem('parameters') ?? '{}'));
}

begin();
