// Lookalike's page. The address is the whole state: each view is drawn from it, so that links, reloads and the back button work.

// ---------------------------------------------------------------------------------------------------------------- Nodes

const byId = (id) => document.getElementById(id);

/** Data reaches the page only as text and attributes, never as markup: file names can hold anything. */
function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function drawing(tag, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

function setAttribute(node, name, value) {
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (value === true) node.setAttribute(name, '');
  else if (value != null && value !== false) node.setAttribute(name, value);
}

function icon(name) {
  return drawing('svg', { class: 'icon', 'aria-hidden': 'true' }, drawing('use', { href: `#icon-${name}` }));
}

function button(text, onclick, attributes = {}, iconName = null) {
  return element('button', { type: 'button', onclick, ...attributes }, iconName && icon(iconName), element('span', {}, text));
}

function iconButton(iconName, label, onclick, attributes = {}) {
  const own = { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick };
  return element('button', { ...own, ...attributes }, icon(iconName));
}

/** Replaces the children; the keyboard's focus stays on the one that has the same data-key. */
function rebuild(container, children) {
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  container.replaceChildren(...children);
  if (focused) container.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

const thumbnailAddress = (photo, size) => `/api/photos/${photo}/thumbnail?size=${size}`;
const imageAddress = (photo) => `/api/photos/${photo}/image`;

function picture(source, attributes = {}) {
  return watched(element('img', { src: source, alt: '', decoding: 'async', draggable: 'false', ...attributes }));
}

/** A busy server turns pictures away as it does searches, and an img element tells no status: it is asked twice more. */
function watched(image) {
  let tries = 0;
  image.addEventListener('load', () => {
    tries = 0;
    onPicture(image);
  });
  image.addEventListener('error', () => {
    tries += 1;
    image.classList.add('missing');
    if (tries <= 2) setTimeout(askAgain, 2000, image, image.getAttribute('src'));
  });
  return image;
}

function askAgain(image, source) {
  if (image.getAttribute('src') === source) image.setAttribute('src', source);
}

/** A photo of nearly the card's shape fills it; of any other, no sleeve is cut off. */
function onPicture(image) {
  const shape = image.naturalWidth / image.naturalHeight;
  image.classList.add('loaded');
  image.classList.remove('missing');
  image.classList.toggle('fills', shape > 0.64 && shape < 0.88);
}

// ---------------------------------------------------------------------------------------------------------------- Words

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

const counted = (number, noun) => `${numbers.format(number)} ${number === 1 ? noun : `${noun}s`}`;
const likeness = (similarity) => similarity.toFixed(2);
const sentence = (parts) => parts.filter(Boolean).join(' · ');
const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Never 100 % where a doubt is left. */
function percent(share) {
  const whole = Math.round(share * 100);
  return `${share < 1 ? Math.min(whole, 99) : whole} %`;
}

function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function fileSize(bytes) {
  return bytes < 1e6 ? `${numbers.format(Math.ceil(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Characters that turn or hide their neighbours are shown as boxes: a name must not be able to pass for another. */
function readable(name) {
  return name.replace(/[\p{Cc}\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu, '▯');
}

const lastPart = (path) => path.replace(/\/+$/, '').split('/').pop() || path;

const METRIC_WORDS = {
  cosine: ['Overall look', 'What the photos show, however strong their contrast. The usual choice.'],
  euclidean: ['Overall look, strictly', 'Also minds how strongly each trait shows.'],
  dot: ['Striking traits', 'Puts photos first in which the shared traits show strongly.'],
  'colour-emd': ['Look, then colours', 'The nearest are sorted once more by how their colours are spread.'],
  emd: ['Look, then layout', 'The nearest are sorted once more by how much would have to move to turn one into the other.'],
  maxsim: ['Look, then details', 'The nearest are sorted once more: each detail looks for its best counterpart.'],
  fusion: ['All of these together', 'The nearest are sorted once more by several of these at once.'],
};

const MATCH_WORDS = {
  balanced: 'A little of everything',
  garment: 'The very same garment',
  pattern: 'The same pattern or material',
  type: 'The same type',
};

const VIEW_WORDS = { look: 'Overall look', texture: 'Material', pattern: 'Pattern', type: 'Type', colours: 'Colours' };

/** A name as the server reads it: garments in photos are less pure than the colours of screens. */
const colourValue = (name) => known.status?.colours.find((colour) => colour.name === name)?.value ?? name;

// -------------------------------------------------------------------------------------------------------------- Address

const parameters = () => new URLSearchParams(location.search);
const placesLeft = new Map();

/** Commas, colons and at signs may stand in a query as they are, and a link that can be read is a better link. */
function addressOf(path, params) {
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%40', '@');
  return text ? `${path}?${text}` : path;
}

function go(address, { replace = false } = {}) {
  rememberPlace();
  const entry = replace ? history.state : newEntry();
  if (replace) history.replaceState(entry, '', address);
  else history.pushState(entry, '', address);
  shownEntry = entry;
  render();
}

const newEntry = () => ({ entry: Math.random().toString(36).slice(2) });
let shownEntry = null;

/** How far a view was scrolled, and the card that had the keyboard's focus. */
function rememberPlace() {
  const grid = [resultGrid, startGrid].find((one) => one.hasFocus);
  if (shownEntry) placesLeft.set(shownEntry.entry, { top: scrollY, card: grid?.active ?? null });
}

const placeLeft = () => placesLeft.get(shownEntry?.entry) ?? { top: 0, card: null };

function onHistory() {
  rememberPlace();
  shownEntry = history.state;
  render({ isReturn: true });
}

function refine(change, options = {}) {
  const params = parameters();
  change(params);
  for (const name of ['k', 'always']) if (!options.keep) params.delete(name);
  go(addressOf('/', params), options);
}

function setParameter(params, name, value) {
  if (value) params.set(name, value);
  else params.delete(name);
}

// ------------------------------------------------------------------------------------------------------------------ API

const MOST_TRIES = 8;

class Problem extends Error {
  constructor({ title = 'That did not work', detail = '', status = 0, request = '' }) {
    super(detail || title);
    Object.assign(this, { title, detail, status, request });
  }

  static async of(response) {
    const fallback = { status: response.status, detail: `The server answered ${response.status} ${response.statusText}.` };
    return new Problem({ ...fallback, ...(await response.json().catch(() => ({}))) });
  }
}

async function ask(path, options = {}) {
  for (let tries = 1; ; tries += 1) {
    const response = await reach(path, options);
    if (response.ok) return response.status === 204 ? null : response.json();
    if (response.status === 401) await signIn();
    else if ([429, 503].includes(response.status) && tries < MOST_TRIES) await waitAsTold(response, options.signal);
    else throw await Problem.of(response);
  }
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem({ title: 'The server does not answer', detail: 'It may have been stopped, or the network is down.' });
  }
}

async function waitAsTold(response, signal) {
  const seconds = Number(response.headers.get('Retry-After')) || 2;
  for (let left = seconds; left > 0; left -= 1) {
    toast(`The server is busy: trying again in ${left} s`);
    await pause(Math.min(1, left) * 1000, signal);
  }
  toast('');
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      toast('');
      reject(signal.reason);
    });
  });
}

const wasCancelled = (error) => error.name === 'AbortError';

// ------------------------------------------------------------------------------------------------------------- Signing in

let signingIn = null;

/** Many requests may be turned away at once: one form serves them all. */
function signIn() {
  signingIn ??= askForToken().finally(() => { signingIn = null; });
  return signingIn;
}

function askForToken() {
  const dialog = byId('sign-in-dialog');
  byId('sign-in-error').textContent = '';
  dialog.showModal();
  return new Promise((resolve, reject) => {
    byId('sign-in').onsubmit = (event) => sendToken(event, dialog, resolve);
    const refused = { title: 'Not signed in', detail: 'This server answers only who knows its token.', status: 401 };
    dialog.onclose = () => reject(new Problem(refused));
  });
}

async function sendToken(event, dialog, done) {
  event.preventDefault();
  const field = byId('token');
  const headers = { Authorization: `Bearer ${field.value}` };
  const response = await reach('/api/session', { method: 'POST', headers }).catch(() => null);
  if (!response?.ok) return refuseToken(field, response);
  field.value = '';
  known.isSignedIn = true;
  done();
  dialog.close();
}

function refuseToken(field, response) {
  byId('sign-in-error').textContent = response ? 'That is not this server’s token.' : 'The server does not answer.';
  field.select();
}

// ------------------------------------------------------------------------------------------------- What the server has

const known = { status: null, roots: [], canAdd: false, models: [], isSignedIn: false };

async function learn() {
  const status = await ask('/api/status');
  const [roots, models] = await Promise.all([ask('/api/roots'), ask('/api/models')]);
  Object.assign(known, { status, roots: roots.roots, canAdd: roots.canAdd, models: models.searchable });
}

function relativeFolder(folder) {
  const root = known.roots.map((root) => root.path).filter((path) => isInside(folder, path)).sort((a, b) => b.length - a.length)[0];
  if (!root) return folder;
  const rest = folder.slice(root.length).replace(/^\/+/, '');
  return known.roots.length > 1 || !rest ? [lastPart(root), rest].filter(Boolean).join('/') : rest;
}

const isInside = (folder, root) => folder === root || folder.startsWith(root.endsWith('/') ? root : `${root}/`);

// ---------------------------------------------------------------------------------------------------------------- Query

const TERM = /^(?:(\d*\.?\d+):)?([0-9a-f]{32})(?:@([\d.]+(?:,[\d.]+){3}))?$/;
const WEIGHT = { least: 0.25, most: 2, step: 0.25, ofMore: 0.5 };

/** The terms of a query such as ID + 0.5:ID - ID@0.1,0.1,0.5,0.5; null where it is none. */
function readQuery(text) {
  const parts = text.trim() ? ` + ${text.trim()}`.split(/ ([+-]) /).slice(1) : [];
  const terms = [];
  for (let index = 0; index < parts.length; index += 2) terms.push(readTerm(parts[index], parts[index + 1]));
  return terms.includes(null) ? null : terms;
}

function readTerm(sign, text) {
  const found = TERM.exec(text.trim());
  if (!found) return null;
  const region = found[3] ? found[3].split(',').map(Number) : null;
  return { photo: found[2], isWanted: sign === '+', weight: Number(found[1] ?? 1), region };
}

/** Wanted photos come first, since the grammar has no sign before the first term. */
function writeQuery(terms) {
  const ordered = [...terms.filter((term) => term.isWanted), ...terms.filter((term) => !term.isWanted)];
  return ordered.map((term, index) => (index ? ` ${term.isWanted ? '+' : '-'} ` : '') + writeTerm(term)).join('');
}

function writeTerm({ photo, weight, region }) {
  return `${weight === 1 ? '' : `${weight}:`}${photo}${region ? `@${region.join(',')}` : ''}`;
}

function withMore(terms, photo, isWanted) {
  const others = terms.filter((term) => term.photo !== photo || term.isWanted === isWanted);
  const same = others.find((term) => term.photo === photo);
  if (!same) return [...others, { photo, isWanted, weight: WEIGHT.ofMore, region: null }];
  return others.map((term) => (term === same ? { ...term, weight: heavier(term.weight, 1) } : term));
}

function heavier(weight, steps) {
  const changed = Math.round(weight / WEIGHT.step + steps) * WEIGHT.step;
  return Math.min(WEIGHT.most, Math.max(WEIGHT.least, changed));
}

function goToTerms(terms) {
  if (terms.some((term) => term.isWanted)) refine((params) => params.set('query', writeQuery(terms)));
  else refine((params) => params.delete('query'));
}

/** Where a click on a photo leads: to its look-alikes, with the filters as they are. */
function addressOfPhoto(photo) {
  const params = location.pathname === '/' ? parameters() : new URLSearchParams();
  for (const name of ['query', 'k', 'always']) params.delete(name);
  return addressOf('/', new URLSearchParams([['query', photo], ...params]));
}

// ---------------------------------------------------------------------------------------------------------------- Pages

const PAGES = {
  '/': { title: 'Lookalike', show: showSearchPage },
  '/folders': { title: 'Folders – Lookalike', show: showFolders },
  '/duplicates': { title: 'Duplicates – Lookalike', show: showDuplicates },
};

function render({ isReturn = false } = {}) {
  leavePage();
  const page = PAGES[location.pathname] ?? PAGES['/'];
  document.title = page.title;
  for (const link of document.querySelectorAll('nav [data-page]')) markCurrent(link);
  page.show({ isReturn });
}

function leavePage() {
  for (const dialog of document.querySelectorAll('dialog[open]:not(#filter-sheet)')) dialog.close();
  search.running?.abort();
  duplicates.running?.abort();
  stopFollowing();
  toast('');
}

function markCurrent(link) {
  if (link.dataset.page === location.pathname) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
}

function showSection(id) {
  for (const section of byId('main').querySelectorAll(':scope > section')) section.hidden = section.id !== id;
  hideState(byId('page-state'));
  if (id !== 'look') byId('filter-sheet').close();
  byId('new-photo').hidden = id === 'start';
}

function restoreScroll({ isReturn }) {
  scrollTo({ top: isReturn ? placeLeft().top : 0, behavior: 'instant' });
}

function onLink(event) {
  const link = event.target.closest('a[href]');
  if (!link || link.target || event.defaultPrevented || event.button || hasModifier(event) || event.shiftKey) return;
  if (link.origin !== location.origin || !PAGES[link.pathname] || link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

const hasModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;

// --------------------------------------------------------------------------------------------------- States and notices

function showState(node, { iconName = 'none', title, text, small, actions = [] }) {
  node.replaceChildren(
    icon(iconName), element(node.id === 'page-state' ? 'h1' : 'h2', {}, title), text && element('p', {}, text),
    ...(actions.length ? [element('div', { class: 'actions' }, actions)] : []),
    ...(small ? [element('p', { class: 'quiet' }, small)] : []));
  node.hidden = false;
}

function hideState(node) {
  node.hidden = true;
  node.replaceChildren();
}

/** Without a retry where the same would be refused again. */
function showProblem(node, problem, retry, actions = []) {
  if (!(problem instanceof Problem)) console.error(problem);
  announce(problem.message);
  showState(node, {
    iconName: 'alert', title: problem.title ?? 'That did not work', text: problem.message,
    small: problem.request && `Request ${problem.request} in the server’s log`,
    actions: [...(retry ? [button('Try again', retry, { class: 'primary', 'data-test': 'retry' })] : []), ...actions],
  });
}

function announce(text) {
  byId('announcer').textContent = text;
}

let toastTimer = 0;

function toast(text, seconds = 0) {
  clearTimeout(toastTimer);
  byId('toast').textContent = text;
  if (seconds) toastTimer = setTimeout(toast, seconds * 1000, '');
}

async function copy(text, what) {
  const isCopied = await writeToClipboard(text);
  toast(isCopied ? `${what} copied` : 'The browser does not allow copying here', 3);
}

/** Browsers lend the clipboard only to https and localhost; a server in the house has neither. */
async function writeToClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const field = element('textarea', { class: 'visually-hidden' });
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}

// ------------------------------------------------------------------------------------------------------ Sending a photo

const MOST_PHOTOS = 6;
const LASTING_FILTERS = new Set(['match', 'metric', 'model', 'fold', 'folder']);
const sentNames = new Map();

function pickPhoto() {
  byId('file').click();
}

function onPicked(event) {
  const files = [...event.target.files];
  event.target.value = '';
  lookFor(files);
}

async function lookFor(files) {
  const photos = files.filter(mayBePhoto).slice(0, MOST_PHOTOS);
  const refusal = refusalOf(photos);
  if (refusal) return toast(refusal, 6);
  leavePage();
  search.running = new AbortController();
  showSending(photos[0]);
  await send(photos, search.running.signal).catch((problem) => showNotSent(problem, photos));
}

/** Browsers know no type of some photos' formats: the server decides about those. */
const mayBePhoto = (file) => !file.type || file.type.startsWith('image/');

function refusalOf(photos) {
  const most = known.status?.limits.uploadBytes ?? Infinity;
  if (!photos.length) return 'That is not a photo: drop or choose an image file.';
  const large = photos.find((photo) => photo.size > most);
  return large && `${readable(large.name)} has ${fileSize(large.size)}: this server takes ${fileSize(most)} at most.`;
}

async function send(photos, signal) {
  const terms = [];
  for (const photo of photos) terms.push(await sendOne(photo, signal));
  const lasting = [...parameters()].filter(([name]) => location.pathname === '/' && LASTING_FILTERS.has(name));
  go(addressOf('/', new URLSearchParams([['query', writeQuery(terms)], ...lasting])));
}

async function sendOne(file, signal) {
  const headers = { 'Content-Type': file.type || 'application/octet-stream' };
  const { photo } = await ask('/api/photos', { method: 'POST', headers, body: file, signal });
  sentNames.set(photo, file.name);
  return { photo, isWanted: true, weight: 1, region: null };
}

function showSending(file) {
  showSection('look');
  const preview = URL.createObjectURL(file);
  byId('stage-photo').onload = () => URL.revokeObjectURL(preview);
  byId('stage-photo').src = preview;
  search.staged = null;
  regionEditor.show(null);
  byId('terms').hidden = true;
  showQueryFacts(readable(file.name), '');
  showSearching();
}

function showNotSent(problem, photos) {
  if (wasCancelled(problem)) return;
  clearResults('Not sent', { hasPhoto: false });
  const isRefused = [413, 415, 422].includes(problem.status);
  const other = button('Choose another photo', pickPhoto, { class: isRefused && 'primary' });
  showProblem(byId('found-state'), problem, isRefused ? null : () => lookFor(photos), [other]);
}

function onPaste(event) {
  const files = [...event.clipboardData.files];
  if (!files.length) return;
  event.preventDefault();
  lookFor(files);
}

const bringsFiles = (event) => event.dataTransfer?.types.includes('Files');

function onDragOver(event) {
  if (!bringsFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  byId('drop-overlay').hidden = false;
}

function onDragLeave(event) {
  if (!event.relatedTarget) byId('drop-overlay').hidden = true;
}

function onDrop(event) {
  if (!bringsFiles(event)) return;
  event.preventDefault();
  byId('drop-overlay').hidden = true;
  lookFor([...event.dataTransfer.files]);
}

// ---------------------------------------------------------------------------------------------------------- Search page

const MOST_RESULTS = 500;
const FIRST_RESULTS = 24;
const search = { running: null, terms: [], staged: null, framed: 0, shown: '', answer: null };

function showSearchPage(how) {
  const terms = readQuery(parameters().get('query') ?? '');
  if (!terms) return showBrokenLink();
  if (!terms.length) return showStart(how);
  showSection('look');
  return showLookAlikes(terms, how);
}

function showBrokenLink() {
  showSection(null);
  showState(byId('page-state'), {
    iconName: 'link', title: 'This link is not complete',
    text: 'A part of it may have been lost on its way. Drop the photo again, or begin anew.',
    actions: [button('Choose a photo', pickPhoto, { class: 'primary' }), element('a', { href: '/', class: 'button' }, 'Begin anew')],
  });
}

async function showLookAlikes(terms, { isReturn }) {
  const focus = isReturn ? placeLeft().card : focusToKeep(terms);
  const running = search.running = new AbortController();
  const asked = searchAddress(parameters());
  const isGrowing = !isReturn && asked !== search.shown && withoutLength(asked) === withoutLength(search.shown);
  showQuery(terms);
  showFilters();
  const timer = isGrowing ? 0 : setTimeout(showSearching, 120);
  if (!isGrowing) byId('results').inert = true;
  try {
    const answer = (isReturn && recentAnswers.get(asked)) || await ask(asked, { method: 'POST', signal: running.signal });
    if (running.signal.aborted) return;
    clearTimeout(timer);
    rememberAnswer(asked, answer);
    showAnswer(answer, isGrowing);
    if (!isGrowing) restoreScroll({ isReturn });
    keepFocus(focus, isReturn);
  } catch (problem) {
    clearTimeout(timer);
    showSearchProblem(problem);
  }
}

const SEARCH_PARAMETERS = new Set([
  'query', 'k', 'above', 'metric', 'match', 'candidates', 'share', 'colour', 'folder', 'only', 'since', 'before', 'type', 'fold',
  'always', 'self', 'recall', 'partial', 'model',
]);

function searchAddress(params) {
  return addressOf('/api/search', new URLSearchParams([...params].filter(([name]) => SEARCH_PARAMETERS.has(name))));
}

const withoutLength = (address) => address.replace(/([?&])k=\d+/, '$1');

/** The back button shows at once what was just here, at the place that was left. */
const recentAnswers = new Map();

function rememberAnswer(asked, answer) {
  search.shown = asked;
  recentAnswers.delete(asked);
  recentAnswers.set(asked, answer);
  if (recentAnswers.size > 12) recentAnswers.delete(recentAnswers.keys().next().value);
}

/** New results take the place of the card that the keyboard was on. */
function focusToKeep(terms) {
  if (startGrid.hasFocus) return 0;
  if (!resultGrid.hasFocus) return null;
  return terms[0].photo === search.terms[0]?.photo ? resultGrid.active : 0;
}

function keepFocus(index, isReturn) {
  if (index === null) return;
  const last = search.answer.results.length - 1;
  if (last >= 0) resultGrid.focus(Math.min(index, last), { mayScroll: !isReturn });
  else byId('found-title').focus();
}

function showSearching() {
  clearResults('Looking…');
  resultGrid.show(Array(FIRST_RESULTS).fill(null));
  byId('results').setAttribute('aria-busy', 'true');
}

function clearResults(title, { hasPhoto = true } = {}) {
  byId('look').classList.toggle('without-photo', !hasPhoto);
  search.answer = null;
  search.shown = '';
  byId('found-title').textContent = title;
  byId('status-line').textContent = '';
  byId('found-note').hidden = true;
  byId('show-more').hidden = true;
  byId('results').inert = false;
  byId('results').removeAttribute('aria-busy');
  hideState(byId('found-state'));
  resultGrid.show([]);
}

function showSearchProblem(problem) {
  if (wasCancelled(problem)) return;
  if (problem.status === 404) return showForgotten(problem);
  clearResults('No answer');
  const clear = activeFilters().length ? [button('Clear all filters', clearFilters)] : [];
  showProblem(byId('found-state'), problem, () => render(), clear);
}

function showForgotten(problem) {
  clearResults('Not here any more', { hasPhoto: false });
  announce('This photo is no longer known');
  const clear = parameters().has('folder') ? [button('Clear all filters', clearFilters)] : [];
  showState(byId('found-state'), {
    iconName: 'photo', title: 'This photo is no longer known here',
    text: 'The server keeps a photo that was sent for a while only, and forgets it when it starts anew. Drop the photo here again to go on.',
    small: problem.message,
    actions: [button('Choose the photo again', pickPhoto, { class: 'primary', 'data-test': 'choose-again' }), ...clear,
      element('a', { href: '/', class: 'button' }, 'Browse all photos')],
  });
}

// ------------------------------------------------------------------------------------------------- Search page: the query

function showQuery(terms) {
  const isOther = terms[0].photo !== search.terms[0]?.photo;
  search.terms = terms;
  search.framed = isOther ? 0 : Math.min(search.framed, terms.length - 1);
  byId('terms').hidden = terms.length < 2;
  rebuild(byId('chips'), terms.map(chip));
  showStage(terms[search.framed]);
}

function showStage(term) {
  regionEditor.show(term.region);
  byId('whole-photo').hidden = !term.region;
  byId('choose-part').hidden = Boolean(term.region);
  if (search.staged === term.photo) return;
  search.staged = term.photo;
  const image = byId('stage-photo');
  image.onload = null;
  image.src = thumbnailAddress(term.photo, 640);
  showQueryFacts(readable(sentNames.get(term.photo) ?? ''), '');
  learnQueryFacts(term.photo);
}

async function learnQueryFacts(id) {
  const photo = await ask(`/api/photos/${id}`).catch(() => null);
  if (!photo || search.staged !== id) return;
  const name = sentNames.get(id) ?? photo.places[0]?.name ?? 'Your photo';
  showQueryFacts(readable(name), photoFacts(photo), photo.places[0]?.path);
}

function photoFacts({ type, width, height }) {
  return sentence([type && `Most probably: ${type}`, width && `${width} × ${height}`]);
}

function showQueryFacts(name, facts, path = '') {
  byId('query-name').textContent = name;
  byId('query-name').title = readable(path);
  byId('query-facts').textContent = facts;
  byId('stage-photo').alt = name ? `The photo that is looked for: ${name}` : 'The photo that is looked for';
}

function changeFramedRegion(region) {
  goToTerms(search.terms.map((term, index) => (index === search.framed ? { ...term, region } : term)));
}

function addTerm(photo, isWanted) {
  announce(isWanted ? 'More like this' : 'Less like this');
  goToTerms(withMore(search.terms, photo, isWanted));
}

function chip(term, index) {
  const words = term.isWanted ? 'Like this' : 'Unlike this';
  const keys = { 'data-key': `remove-${index}`, 'data-test': 'chip-remove' };
  return element('li', { class: `chip ${term.isWanted ? 'wanted' : 'unwanted'}`, 'data-test': 'chip' },
    chipPhoto(term, index, words), chipText(term, words), weightStepper(term, index),
    iconButton('close', `Remove: ${words.toLowerCase()}`, () => removeTerm(index), keys));
}

function chipPhoto(term, index, words) {
  return element('button', {
    type: 'button', class: 'chip-photo', 'aria-pressed': String(index === search.framed), 'data-key': `frame-${index}`,
    'aria-label': `${words}${term.region ? ', a part of it' : ''}: show the photo above`, onclick: () => frameTerm(index),
  }, picture(thumbnailAddress(term.photo, 160)));
}

function chipText(term, words) {
  return element('span', { class: 'chip-text' },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, term.isWanted ? '+' : '−'), words,
    term.region && element('small', {}, 'a part of it'));
}

function weightStepper(term, index) {
  const step = (steps) => changeWeight(index, heavier(term.weight, steps));
  const keys = (name, isEnd) => ({ 'data-key': `${name}-${index}`, 'data-test': `weight-${name}`, 'aria-disabled': String(isEnd) });
  return element('span', { class: 'stepper', role: 'group', 'aria-label': `Weight ${term.weight}` },
    iconButton('minus', 'Counts less', () => step(-1), keys('less', term.weight <= WEIGHT.least)),
    element('span', { class: 'weight', 'data-test': 'weight' }, `×${term.weight}`),
    iconButton('plus', 'Counts more', () => step(1), keys('more', term.weight >= WEIGHT.most)));
}

function changeWeight(index, weight) {
  if (weight === search.terms[index].weight) return;
  announce(`Counts ${weight} times`);
  goToTerms(search.terms.map((term, other) => (other === index ? { ...term, weight } : term)));
}

function removeTerm(index) {
  goToTerms(search.terms.filter((_, other) => other !== index));
}

function frameTerm(index) {
  search.framed = index;
  showQuery(search.terms);
}

// ------------------------------------------------------------------------------------------------ Search page: the region

const LEAST_REGION = 0.04;
const rounded = (share) => Math.round(share * 1e4) / 1e4;
const within = (value, least, most) => Math.min(most, Math.max(least, value));

/** A rectangle on the photo, in shares of it: drawn, moved and resized by pointer and by keyboard. */
class RegionEditor {
  #stage; #box; #onChange; #region = null; #drag = null; #timer = 0;

  constructor(stage, box, onChange) {
    this.#stage = stage;
    this.#box = box;
    this.#onChange = onChange;
    stage.addEventListener('pointerdown', (event) => this.#onDown(event));
    stage.addEventListener('pointermove', (event) => this.#onMove(event));
    stage.addEventListener('pointerup', () => this.#onUp());
    stage.addEventListener('pointercancel', () => this.#onCancel());
    box.addEventListener('keydown', (event) => this.#onKey(event));
  }

  show(region) {
    if (this.#drag) return;
    clearTimeout(this.#timer);
    this.#region = region;
    this.#draw();
  }

  /** For keyboards and for fingers: a part to begin with. */
  begin() {
    this.#region = [0.25, 0.25, 0.5, 0.5];
    this.#draw();
    this.#box.focus();
    this.#commit();
  }

  clear() {
    clearTimeout(this.#timer);
    this.#region = null;
    this.#draw();
    this.#onChange(null);
  }

  #draw() {
    this.#box.hidden = !this.#region;
    if (!this.#region) return;
    const [left, top, width, height] = this.#region.map((share) => `${share * 100}%`);
    Object.assign(this.#box.style, { left, top, width, height });
    this.#box.setAttribute('aria-label', regionWords(this.#region));
  }

  #onDown(event) {
    if (event.button || !event.isPrimary) return;
    event.preventDefault();
    this.#stage.setPointerCapture(event.pointerId);
    this.#drag = { from: this.#point(event), before: this.#region, reshape: this.#reshaperAt(event.target) };
    if (this.#box.contains(event.target)) this.#box.focus({ preventScroll: true });
  }

  #reshaperAt(target) {
    const start = this.#region;
    if (target.dataset.handle) return (from, to) => resized(start, target.dataset.handle, to[0] - from[0], to[1] - from[1]);
    if (target === this.#box) return (from, to) => moved(start, to[0] - from[0], to[1] - from[1]);
    return spanned;
  }

  #onMove(event) {
    if (!this.#drag) return;
    this.#region = this.#drag.reshape(this.#drag.from, this.#point(event));
    this.#draw();
  }

  #onUp() {
    const before = this.#drag?.before;
    this.#drag = null;
    if (before === undefined || this.#region === before) return;
    const isTooSmall = this.#region[2] < LEAST_REGION || this.#region[3] < LEAST_REGION;
    if (isTooSmall) this.show(before);
    else this.#commit();
  }

  #onCancel() {
    const before = this.#drag?.before ?? null;
    this.#drag = null;
    this.show(before);
  }

  #onKey(event) {
    if (['Escape', 'Delete', 'Backspace'].includes(event.key)) return this.#onClearKey(event);
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!direction || hasModifier(event)) return;
    event.preventDefault();
    const [x, y] = direction.map((step) => step * 0.02);
    this.#region = event.shiftKey ? resized(this.#region, 'se', x, y) : moved(this.#region, x, y);
    this.#draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#commit(), 500);
  }

  #onClearKey(event) {
    event.preventDefault();
    this.clear();
    byId('choose-part').focus();
    announce('The whole photo is looked for');
  }

  #commit() {
    const [left, top, width, height] = this.#region.map(rounded);
    this.#region = [left, top, Math.min(width, rounded(1 - left)), Math.min(height, rounded(1 - top))];
    announce(regionWords(this.#region));
    this.#onChange(this.#region);
  }

  #point(event) {
    const frame = this.#stage.getBoundingClientRect();
    return [within((event.clientX - frame.left) / frame.width, 0, 1), within((event.clientY - frame.top) / frame.height, 0, 1)];
  }
}

function regionWords([left, top, width, height]) {
  const [fromLeft, fromTop, wide, high] = [left, top, width, height].map((share) => `${Math.round(share * 100)} %`);
  return `Part of the photo: ${fromLeft} from the left, ${fromTop} from the top, ${wide} wide, ${high} high`;
}

function spanned(from, to) {
  const [left, top] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  return [left, top, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
}

function moved([left, top, width, height], x, y) {
  return [within(left + x, 0, 1 - width), within(top + y, 0, 1 - height), width, height];
}

function resized([left, top, width, height], handle, x, y) {
  let [right, bottom] = [left + width, top + height];
  if (handle.includes('w')) left = within(left + x, 0, right - LEAST_REGION);
  if (handle.includes('e')) right = within(right + x, left + LEAST_REGION, 1);
  if (handle.includes('n')) top = within(top + y, 0, bottom - LEAST_REGION);
  if (handle.includes('s')) bottom = within(bottom + y, top + LEAST_REGION, 1);
  return [left, top, right - left, bottom - top];
}

// -------------------------------------------------------------------------------------------------- Search page: filters

/** How a filter is told of in its chip. */
const FILTER_WORDS = {
  colour: (value) => `In ${value}`,
  type: capitalised,
  folder: (value) => `In ${readable(relativeFolder(value))}`,
  above: (value) => `At least ${value} alike`,
  only: (value) => `Named ${readable(value)}`,
  since: (value) => `Since ${value}`,
  before: (value) => `Before ${value}`,
  fold: (value) => (value === 'false' ? 'Near-duplicates one by one' : 'Near-duplicates as one'),
  metric: (value) => `Ranked by ${(METRIC_WORDS[value]?.[0] ?? value).toLowerCase()}`,
  model: (value) => `Model ${value}`,
  recall: (value) => `At least ${percent(Number(value))} of the nearest`,
  share: (value) => `Second ranking counts ${percent(Number(value))}`,
  candidates: (value) => `${value} ranked once more`,
  self: () => 'With the photo itself',
  partial: (value) => (value === 'true' ? 'From those servers that answer' : 'From all servers'),
};

function activeFilters() {
  const filters = [...parameters()].filter(([name]) => name in FILTER_WORDS);
  return filters.map(([name, value]) => ({ name, value, text: FILTER_WORDS[name](value) }));
}

function clearFilters() {
  refine((params) => Object.keys(FILTER_WORDS).forEach((name) => params.delete(name)));
}

function showFilters() {
  const params = parameters();
  checkRadio('match', params.get('match') ?? 'balanced');
  checkRadio('metric', params.get('metric') ?? 'cosine');
  checkRadio('colour', params.get('colour') ?? '');
  checkBoxes('type', params.getAll('type'));
  showFolderChoices();
  for (const name of ['only', 'since', 'before']) byId(name).value = params.get(name) ?? '';
  showAbove(params.get('above') ?? '0');
  byId('fold').checked = params.get('fold') !== 'false';
  byId('model').value = params.get('model') ?? known.status.model;
  showActiveFilters();
}

function checkRadio(name, value) {
  for (const input of document.querySelectorAll(`input[name="${name}"]`)) input.checked = input.value === value;
}

function checkBoxes(name, values) {
  for (const input of document.querySelectorAll(`input[name="${name}"]`)) input.checked = values.includes(input.value);
}

function showAbove(value) {
  byId('above').value = value;
  byId('above-value').textContent = Number(value) ? likeness(Number(value)) : 'any';
}

function showActiveFilters() {
  const filters = activeFilters();
  byId('active-filters').hidden = !filters.length;
  byId('open-filters').lastElementChild.textContent = filters.length ? `Filters (${filters.length})` : 'Filters';
  const chips = filters.map((filter) => element('li', {}, filterChip(filter)));
  const clear = button('Clear all', clearFilters, { class: 'text-button', 'data-test': 'clear-filters' });
  rebuild(byId('active-filters'), [...chips, element('li', {}, clear)]);
}

function filterChip({ name, value, text }) {
  return element('button', {
    type: 'button', class: 'filter-chip', 'data-test': 'filter-chip', 'aria-label': `Remove the filter: ${text}`,
    onclick: () => refine((params) => params.delete(name, value)),
  }, name === 'colour' && swatch(value), element('span', {}, text), icon('close'));
}

function swatch(colour) {
  const node = element('span', { class: 'swatch', 'aria-hidden': 'true' });
  node.style.backgroundColor = colourValue(colour);
  return node;
}

/** What the server offers is known once: the form is built then, and only filled later. */
function buildFilters() {
  const { status, models } = known;
  byId('matches').replaceChildren(...status.matches.map((match) => option('radio', 'match', match, MATCH_WORDS[match] ?? match)));
  byId('match-field').hidden = status.matches.length < 2;
  byId('metrics').replaceChildren(...status.metrics.map(metricChoice));
  byId('colours').replaceChildren(colourChoice(''), ...status.colours.map(({ name }) => colourChoice(name)));
  byId('types').replaceChildren(...status.types.map((type) => option('checkbox', 'type', type, capitalised(type))));
  byId('types-facet').hidden = !status.types.length;
  byId('colours-facet').hidden = !status.colours.length;
  byId('model').replaceChildren(...models.map(modelChoice));
  byId('model-field').hidden = models.length < 2;
}

function option(type, name, value, text) {
  return element('label', {}, element('input', { type, name, value }), element('span', {}, text));
}

function modelChoice({ model, photos }) {
  return element('option', { value: model }, `${model} (${counted(photos, 'photo')})`);
}

function metricChoice(metric) {
  const [name, explanation] = METRIC_WORDS[metric] ?? [metric, ''];
  const input = element('input', { type: 'radio', name: 'metric', value: metric });
  return element('label', {}, input, element('span', {}, name, element('small', {}, explanation)));
}

function colourChoice(colour) {
  const input = element('input', { type: 'radio', name: 'colour', value: colour, 'aria-label': colour || 'Any colour' });
  const name = capitalised(colour || 'any colour');
  return element('label', { title: name, class: colour ? null : 'any' }, input, swatch(colour || 'transparent'));
}

function showFolderChoices() {
  const chosen = parameters().getAll('folder');
  const folders = [...new Set([...chosen, ...(known.roots.length > 1 ? known.roots.map((root) => root.path) : []), ...frequentFolders()])];
  byId('folders-facet').hidden = !folders.length;
  rebuild(byId('folder-checks'), folders.map((folder) => folderChoice(folder, chosen.includes(folder))));
}

function folderChoice(folder, isChosen) {
  const choice = option('checkbox', 'folder', folder, readable(relativeFolder(folder)));
  choice.title = readable(folder);
  Object.assign(choice.firstChild, { checked: isChosen }).dataset.key = folder;
  return choice;
}

function frequentFolders() {
  const counts = new Map();
  for (const { folder } of search.answer?.results ?? []) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a)).slice(0, 8);
}

const FILTER_DEFAULTS = { match: 'balanced', metric: 'cosine', above: '0' };
const SINGLE_FILTERS = new Set(['match', 'metric', 'colour', 'above', 'only', 'since', 'before']);

function onFilter({ target }) {
  const name = target.name || target.id;
  if (name === 'type' || name === 'folder') refine((params) => toggleValue(params, name, target));
  else if (SINGLE_FILTERS.has(name)) refine((params) => setUnusual(params, name, target.value, FILTER_DEFAULTS[name]));
  else if (name === 'custom-colour') refine((params) => params.set('colour', target.value));
  else if (name === 'fold') refine((params) => setParameter(params, 'fold', target.checked ? '' : 'false'));
  else if (name === 'model') refine((params) => setUnusual(params, name, target.value, known.status.model));
}

/** What is as usual need not be in the address. */
function setUnusual(params, name, value, usual) {
  setParameter(params, name, value === usual ? '' : value);
}

function toggleValue(params, name, { value, checked }) {
  if (checked) params.append(name, value);
  else params.delete(name, value);
}

function openFilters() {
  byId('filter-sheet-body').append(byId('filters'));
  byId('filter-sheet').showModal();
}

function onFiltersClosed() {
  byId('filters-home').append(byId('filters'));
}

// -------------------------------------------------------------------------------------------------- Search page: results

function showAnswer(answer, isGrowing) {
  const { results, looksLikeNothing } = answer;
  search.answer = answer;
  byId('look').classList.remove('without-photo');
  byId('results').inert = false;
  byId('results').removeAttribute('aria-busy');
  resultGrid.show(results, { isGrowing });
  byId('found-title').textContent = titleOf(answer);
  document.title = `${titleOf(answer)} – Lookalike`;
  byId('status-line').textContent = statusOf(answer);
  showCopies(answer);
  showFolderChoices();
  showNote(looksLikeNothing && results.length ? 'Nothing here looks like it: these are the least unlike.' : '');
  showEmptiness(answer);
  showMoreButton(answer);
  announce(results.length ? `${counted(results.length, 'look-alike')} found` : 'Nothing found');
}

function titleOf({ results, looksLikeNothing }) {
  if (looksLikeNothing) return results.length ? 'The least unlike' : 'No look-alikes';
  return results.length ? counted(results.length, 'look-alike') : 'No look-alikes';
}

function statusOf({ results, photos, took, exact, recall, model, metric, rankedAgain, missing }) {
  const completeness = exact ? 'exact' : `about ${percent(recall?.mean ?? 1)} of the nearest found`;
  return sentence([
    `${numbers.format(results.length)} of ${counted(photos, 'photo')}`, timeTaken(took), completeness,
    `ranked by ${(METRIC_WORDS[metric]?.[0] ?? metric).toLowerCase()}`,
    rankedAgain && `${numbers.format(rankedAgain)} ranked once more`, model,
    missing && `without what is on ${missing.join(', ')}, which did not answer`,
  ]);
}

function timeTaken({ total, ...stages }) {
  const parts = Object.entries(stages).map(([stage, time]) => `${stage} ${numbers.format(time)}`);
  return `${numbers.format(total)} ms${parts.length ? ` (${parts.join(', ')})` : ''}`;
}

function showCopies({ identical }) {
  const staged = identical.filter((place) => place.photo === search.staged);
  const copies = sentNames.has(search.staged) ? staged : staged.slice(1);
  byId('query-copies').hidden = !copies.length;
  const names = copies.map(({ folder, name }) => readable(`${relativeFolder(folder)}/${name}`));
  byId('query-copies').textContent = `Also here as ${names.join(', ')}`;
}

function showNote(text) {
  byId('found-note').hidden = !text;
  byId('found-note').textContent = text;
}

function showEmptiness({ results, looksLikeNothing }) {
  const node = byId('found-state');
  if (results.length) return hideState(node);
  if (looksLikeNothing) return showLooksLikeNothing(node);
  const clear = activeFilters().length ? [button('Clear all filters', clearFilters, { class: 'primary' })] : [];
  return showState(node, { title: 'No photo is left', text: 'None of the photos passes the filters in use.', actions: clear });
}

function showLooksLikeNothing(node) {
  const show = () => refine((params) => params.set('always', 'true'), { keep: true });
  showState(node, {
    title: 'Nothing here looks like it', text: 'The photo may show no garment, or one unlike all that are here.',
    actions: [button('Show the least unlike', show, { class: 'primary', 'data-test': 'always' }), button('Try another photo', pickPhoto)],
  });
}

function showMoreButton({ results }) {
  const length = askedLength();
  byId('show-more').hidden = results.length < length || length >= mostResults();
}

const askedLength = () => Number(parameters().get('k')) || FIRST_RESULTS;
const mostResults = () => Math.min(MOST_RESULTS, known.status.limits.results);

function showMore() {
  byId('show-more').hidden = true;
  const length = Math.min(askedLength() * 2, mostResults());
  refine((params) => params.set('k', length), { replace: true, keep: true });
}

function copyCurl() {
  const token = known.isSignedIn ? ' -H "Authorization: Bearer $LOOKALIKE_TOKEN"' : '';
  copy(`curl -X POST${token} '${location.origin}${searchAddress(parameters())}'`, 'Command');
}

// ------------------------------------------------------------------------------------------------------------ Photo cards

function resultCard(result, index) {
  if (!result) return skeletonCard();
  return element('li', { class: 'card', 'data-test': 'result', 'data-photo': result.photo },
    cardLink(result, [scoreLine(result), sureLine(result)]), cardTools(result), result.alike && foldBadge(result));
}

function startCard(place) {
  if (!place) return skeletonCard();
  const open = iconButton('open', 'Open the photo (o)', () => openPhoto(place));
  return element('li', { class: 'card', 'data-test': 'photo', 'data-photo': place.photo },
    cardLink(place, []), element('div', { class: 'tools' }, open));
}

function skeletonCard() {
  return element('li', { class: 'card skeleton', 'aria-hidden': 'true' },
    element('div', { class: 'frame' }), element('div', { class: 'lines' }));
}

function cardLink(place, lines) {
  return element('a', { href: addressOfPhoto(place.photo), class: 'card-link', draggable: 'false' },
    element('span', { class: 'frame' }, picture(thumbnailAddress(place.photo, 320))),
    element('span', { class: 'facts' }, lines,
      element('bdi', { class: 'name', title: readable(place.name) }, readable(place.name)),
      element('bdi', { class: 'folder', title: readable(place.path) }, folderLine(place))));
}

function folderLine({ folder, identical }) {
  return sentence([identical && 'The same file', readable(relativeFolder(folder))]);
}

function scoreLine({ similarity }) {
  return element('span', { class: 'score' }, bar(similarity),
    element('span', { class: 'similarity', 'data-test': 'similarity' }, likeness(similarity)),
    element('span', { class: 'visually-hidden' }, ' alike'));
}

function sureLine({ sureness }) {
  return sureness != null && element('span', { class: 'sure' }, `${percent(sureness)} sure: same type`);
}

function cardTools(result) {
  return element('div', { class: 'tools' }, Object.entries(cardActions()).map(([key, { iconName, label, act }]) =>
    iconButton(iconName, `${label} (${key})`, () => act(result), { 'data-test': `card-${iconName}` })));
}

/** By the key that does the same. */
function cardActions() {
  const actions = {
    '+': { iconName: 'plus', label: 'More like this', act: (result) => addTerm(result.photo, true) },
    '-': { iconName: 'minus', label: 'Less like this', act: (result) => addTerm(result.photo, false) },
    e: { iconName: 'why', label: 'Why is it alike?', act: explain },
    o: { iconName: 'open', label: 'Open the photo', act: openPhoto },
  };
  if (!known.status.canExplain) delete actions.e;
  return actions;
}

function foldBadge(result) {
  const text = `+${result.alike.length} nearly the same`;
  return button(text, () => openAlike(result), { class: 'fold-badge', 'data-test': 'fold-badge' }, 'copies');
}

function onResultKey(key, result) {
  cardActions()[key.toLowerCase()]?.act(result);
}

// ----------------------------------------------------------------------------------------------------------------- Start

let start = listingOf(null);

/** Of a folder, before any of its photos is known. */
function listingOf(folder) {
  return { folder, photos: [], total: 0, next: undefined, isComplete: false, isLoading: false, isOutdated: false };
}

async function showStart(how) {
  showSection('start');
  hideState(byId('start-state'));
  const folder = parameters().get('folder') ?? '';
  showStartFolders(folder);
  if (start.folder !== folder || start.isOutdated) await beginListing(folder);
  else if (!start.isLoading || start.photos.length) showListing();
  restoreScroll(how);
  const { card } = placeLeft();
  if (how.isReturn && card < start.photos.length && card !== null) startGrid.focus(card, { mayScroll: false });
}

function showStartFolders(folder) {
  const folders = [...new Set([...known.roots.map((root) => root.path), ...(folder ? [folder] : [])])];
  byId('start-folder-field').hidden = folders.length < 2;
  byId('start-folder').replaceChildren(element('option', { value: '' }, 'All'),
    ...folders.map((path) => element('option', { value: path, selected: path === folder }, readable(relativeFolder(path)))));
}

async function beginListing(folder) {
  start = listingOf(folder);
  byId('start-count').textContent = '';
  startGrid.show(Array(12).fill(null));
  await loadListing();
}

/** What comes when another folder is shown already is nobody's any more. */
async function loadListing() {
  const listing = start;
  if (listing.isLoading || listing.isComplete) return;
  listing.isLoading = true;
  const [page, problem] = await ask(listingAddress()).then((page) => [page], (problem) => [null, problem]);
  listing.isLoading = false;
  if (listing !== start) return;
  if (page) addListing(page);
  else showListingProblem(problem);
}

function listingAddress() {
  const params = new URLSearchParams({ limit: 100 });
  setParameter(params, 'folder', start.folder);
  setParameter(params, 'after', start.next);
  return addressOf('/api/photos', params);
}

function addListing({ photos, total, next }) {
  const isGrowing = start.photos.length > 0;
  Object.assign(start, { photos: [...start.photos, ...photos], total, next, isComplete: !next });
  showListing(isGrowing);
}

function showListing(isGrowing = false) {
  byId('start-heading').hidden = !start.total;
  byId('start-count').textContent = counted(start.total, 'photo');
  byId('start-more').hidden = start.isComplete;
  startGrid.show(start.photos, { isGrowing });
  if (!start.total) showNoPhotos();
}

function showNoPhotos() {
  showState(byId('start-state'), {
    iconName: 'folder', title: 'No photos are here yet', text: 'Say which folders to search, and they will be looked through.',
    actions: [element('a', { href: '/folders', class: 'button primary', 'data-test': 'to-folders' }, 'Choose folders')],
  });
}

function showListingProblem(problem) {
  start.isOutdated = true;
  startGrid.show([]);
  byId('start-more').hidden = true;
  showProblem(byId('start-state'), problem, () => render());
}

function onStartKey(key, place) {
  if (key.toLowerCase() === 'o') openPhoto(place);
}

// --------------------------------------------------------------------------------------------------------------- Folders

const folders = { events: null, skipped: [], hasRun: false };
const MOST_SKIPPED_ROWS = 300;
const RUN_TITLES = {
  none: '', waiting: 'Waiting for another run to end', listing: 'Looking through the folders', examining: 'Looking at the photos',
  sorting: 'Sorting what was found', done: 'Up to date', cancelled: 'Stopped: what was found is kept', failed: 'That did not work',
};
const RUN_COUNTS = { unchanged: 'as before', added: 'new', changed: 'changed', moved: 'moved', removed: 'gone', skipped: 'skipped' };

async function showFolders(how) {
  showSection('folders');
  restoreScroll(how);
  try {
    await Promise.all([learn(), learnSkipped()]);
    hideState(byId('folders-state'));
    showRoots();
    followRun();
  } catch (problem) {
    showProblem(byId('folders-state'), problem, () => render());
  }
}

function showRoots() {
  byId('add-root').hidden = !known.canAdd;
  byId('refresh').hidden = !known.roots.length;
  byId('roots').replaceChildren(...known.roots.map(rootRow));
  if (known.roots.length) return;
  const text = known.canAdd ? 'Add one below: it is looked through at once.' : 'Whoever runs the server names them when it is started.';
  showState(byId('folders-state'), { iconName: 'folder', title: 'No folders yet', text });
}

function rootRow({ path, photos, isThere }) {
  const browse = addressOf('/', new URLSearchParams({ folder: path }));
  const absence = isThere ? '' : 'this folder is not there now';
  return element('li', { 'data-test': 'root', class: isThere ? null : 'away' }, icon('folder'),
    element('div', {}, pathText(path), element('p', { class: 'quiet' }, sentence([counted(photos, 'photo'), absence]))),
    isThere && element('a', { href: browse, class: 'button compact', 'aria-label': `Browse ${readable(path)}` }, 'Browse'));
}

const pathText = (path) => element('bdi', { class: 'path' }, readable(path));

async function startRun() {
  await ask('/api/refresh', { method: 'POST' }).then(onRunStarted, (problem) => toast(problem.message, 6));
}

function onRunStarted(run) {
  folders.hasRun = true;
  showRun(run);
  followRun();
}

async function addRoot(event) {
  event.preventDefault();
  const field = byId('root-path');
  const body = JSON.stringify({ path: field.value.trim() });
  byId('root-error').textContent = '';
  await ask('/api/roots', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }).then((run) => {
    field.value = '';
    onRunStarted(run);
    refreshRoots();
  }, (problem) => { byId('root-error').textContent = problem.message; });
}

async function refreshRoots() {
  await learn().catch(() => null);
  hideState(byId('folders-state'));
  showRoots();
}

async function stopRun() {
  byId('stop').disabled = true;
  await ask('/api/refresh', { method: 'DELETE' }).catch((problem) => toast(problem.message, 6));
}

function followRun() {
  stopFollowing();
  const events = folders.events = new EventSource('/api/refresh');
  events.addEventListener('progress', (event) => onProgress(JSON.parse(event.data)));
  events.addEventListener('skipped', (event) => onSkipped(JSON.parse(event.data)));
  events.addEventListener('done', (event) => onRunEnded(JSON.parse(event.data)));
}

function stopFollowing() {
  folders.events?.close();
  folders.events = null;
}

function onProgress(run) {
  folders.hasRun = true;
  showRun(run);
}

function onSkipped(photo) {
  folders.skipped = [photo, ...folders.skipped.filter((other) => other.path !== photo.path)];
  showSkipped();
}

/** The server tells of the last run at once where none is under way: only one that was seen running is news. */
async function onRunEnded(run) {
  stopFollowing();
  showRun(run);
  if (!folders.hasRun) return;
  folders.hasRun = false;
  forgetPhotos();
  announce(RUN_TITLES[run.stage]);
  await Promise.all([refreshRoots(), learnSkipped().catch(() => null)]);
}

function forgetPhotos() {
  start.isOutdated = true;
  search.shown = '';
  recentAnswers.clear();
}

function showRun(run) {
  const isRunning = !['none', 'done', 'cancelled', 'failed'].includes(run.stage);
  byId('run').hidden = run.stage === 'none' || (!isRunning && !known.roots.length);
  byId('run').dataset.stage = run.stage;
  byId('run-title').textContent = RUN_TITLES[run.stage] ?? run.stage;
  byId('stop').hidden = !isRunning;
  byId('refresh').disabled = isRunning;
  if (!isRunning) byId('stop').disabled = false;
  showRunProgress(run, isRunning);
  byId('run-pace').textContent = isRunning ? paceOf(run) : endOf(run);
  byId('run-counts').replaceChildren(...Object.entries(RUN_COUNTS).map(([name, words]) =>
    element('div', {}, element('dt', {}, words), element('dd', {}, numbers.format(run[name])))));
}

function showRunProgress({ examined, toExamine }, isRunning) {
  const bar = byId('run-progress');
  bar.hidden = !isRunning;
  bar.max = toExamine || 1;
  if (toExamine) bar.value = examined;
  else bar.removeAttribute('value');
}

function paceOf({ examined, toExamine, photosPerSecond, secondsLeft }) {
  return sentence([
    toExamine ? `${numbers.format(examined)} of ${counted(toExamine, 'photo')}` : 'Counting',
    photosPerSecond && `${numbers.format(photosPerSecond)} a second`, secondsLeft != null && `${duration(secondsLeft)} left`,
  ]);
}

function endOf({ error, started, ended }) {
  if (error) return error;
  if (!ended) return '';
  return sentence([`Ended ${new Date(ended).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}`,
    started && `took ${duration((new Date(ended) - new Date(started)) / 1000)}`]);
}

async function learnSkipped() {
  const { skipped, total } = await ask('/api/skipped?limit=10000');
  Object.assign(folders, { skipped, total });
  showSkipped();
}

function showSkipped() {
  const words = byId('skipped-filter').value.trim().toLowerCase();
  const matching = folders.skipped.filter(({ path, reason }) => `${path}\n${reason}`.toLowerCase().includes(words));
  byId('skipped').hidden = !folders.skipped.length;
  byId('skipped-count').textContent = skippedWords(matching.length, Boolean(words));
  byId('skipped-rows').replaceChildren(...matching.slice(0, MOST_SKIPPED_ROWS).map(skippedRow));
}

function skippedWords(matching, isFiltered) {
  const total = Math.max(folders.total, folders.skipped.length);
  const shown = matching > MOST_SKIPPED_ROWS && `the first ${MOST_SKIPPED_ROWS} are shown: type to find others`;
  return sentence([isFiltered ? `${numbers.format(matching)} of ${counted(total, 'photo')}` : counted(total, 'photo'), shown]);
}

function skippedRow({ path, reason }) {
  return element('tr', { 'data-test': 'skipped-row' }, element('td', {}, pathText(path)), element('td', {}, readable(reason)));
}

// ------------------------------------------------------------------------------------------------------------ Duplicates

const duplicates = { running: null, groups: [], shown: 0, asked: null };
const GROUPS_AT_ONCE = 30;

async function showDuplicates(how) {
  showSection('duplicates');
  showDuplicatesForm();
  const asked = addressOf('/api/duplicates', parameters());
  if (!(how.isReturn && duplicates.asked === asked)) await findDuplicates(asked);
  restoreScroll(how);
}

function showDuplicatesForm() {
  const params = parameters();
  const areGarments = params.get('garments') === 'true';
  checkRadio('garments', String(areGarments));
  byId('duplicates-above').value = params.get('above') ?? 0.9;
  byId('duplicates-above-value').textContent = params.has('above') ? likeness(Number(params.get('above'))) : 'as usual';
  byId('duplicates-usual').hidden = !params.has('above');
  byId('duplicates-lead').textContent = areGarments
    ? 'Other pictures of what may be one and the same garment.'
    : 'Photos that are there more than once, or nearly so: copies, resized and re-saved ones.';
}

async function findDuplicates(asked) {
  const running = duplicates.running = new AbortController();
  showFinding(running);
  try {
    const { groups } = await ask(asked, { signal: running.signal });
    Object.assign(duplicates, { groups, shown: 0, asked });
    showGroups();
  } catch (problem) {
    if (!wasCancelled(problem)) showProblem(byId('duplicates-state'), problem, () => render());
  }
}

function showFinding(running) {
  clearGroups();
  duplicates.asked = null;
  showState(byId('duplicates-state'), {
    iconName: 'copies', title: 'Comparing all photos…', text: 'This can take a few seconds.',
    actions: [button('Cancel', () => cancelFinding(running), { 'data-test': 'cancel-duplicates' })],
  });
  byId('duplicates-state').classList.add('busy');
}

function clearGroups() {
  byId('groups').replaceChildren();
  byId('duplicates-count').textContent = '';
  byId('more-groups').hidden = true;
  byId('duplicates-state').classList.remove('busy');
}

function cancelFinding(running) {
  running.abort();
  clearGroups();
  showState(byId('duplicates-state'), {
    iconName: 'copies', title: 'Cancelled', text: 'The photos were not compared.',
    actions: [button('Compare them', () => render(), { class: 'primary' })],
  });
}

function showGroups() {
  const { groups } = duplicates;
  clearGroups();
  hideState(byId('duplicates-state'));
  announce(groups.length ? `${counted(groups.length, 'group')} found` : 'No duplicates found');
  if (!groups.length) return showNoDuplicates();
  byId('duplicates-count').textContent = sentence([counted(groups.length, 'group'), counted(groups.flatMap(placesOf).length, 'file')]);
  return showMoreGroups();
}

function showNoDuplicates() {
  const text = 'All photos are different enough from each other.';
  showState(byId('duplicates-state'), { iconName: 'copies', title: 'No duplicates', text });
}

function showMoreGroups() {
  const { groups, shown } = duplicates;
  duplicates.shown = shown + GROUPS_AT_ONCE;
  byId('groups').append(...groups.slice(shown, duplicates.shown).map(groupCard));
  byId('more-groups').hidden = duplicates.shown >= groups.length;
}

const placesOf = (group) => group.contents.flatMap((content) => content.places);

function groupCard(group, index) {
  const paths = placesOf(group).map((place) => place.path);
  const copyRest = () => copy(paths.slice(1).join('\n'), counted(paths.length - 1, 'path'));
  return element('li', { class: 'group', 'data-test': 'duplicate-group' },
    element('div', { class: 'group-head' }, element('h2', {}, groupTitle(group)),
      button('Copy paths of all but the first', copyRest, { class: 'compact', 'data-test': 'copy-rest' }, 'copies')),
    element('div', { class: 'contents' }, group.contents.map(contentCard)));
}

function groupTitle({ similarity, garment, contents }) {
  if (garment) return `Perhaps the same garment, ${counted(contents.length, 'picture')}, at least ${likeness(similarity)} alike`;
  if (contents.length === 1) return `${numbers.format(contents[0].places.length)} copies of one file`;
  return `Nearly the same, ${counted(contents.length, 'picture')}, at least ${similarity.toFixed(3)} alike`;
}

function contentCard({ photo, places }) {
  const label = `Search with ${readable(places[0].name)}`;
  return element('div', { class: 'content' },
    element('a', { href: addressOfPhoto(photo), class: 'frame', 'aria-label': label }, picture(thumbnailAddress(photo, 320), { loading: 'lazy' })),
    element('ul', { role: 'list', class: 'paths' }, places.map(pathRow)));
}

function pathRow({ path }) {
  return element('li', {}, pathText(path), iconButton('copies', `Copy the path ${readable(path)}`, () => copy(path, 'Path')));
}

function forgetDuplicatesLimit() {
  const params = parameters();
  params.delete('above');
  go(addressOf('/duplicates', params));
}

function onDuplicatesSlide({ target }) {
  byId('duplicates-above-value').textContent = likeness(Number(target.value));
}

function onDuplicatesForm({ target }) {
  const params = parameters();
  if (target.name === 'garments') setParameter(params, 'garments', target.value === 'true' ? 'true' : '');
  else params.set('above', target.value);
  go(addressOf('/duplicates', params));
}

// --------------------------------------------------------------------------------------------------------------- Explain

const MOST_MATCHES = 12;

async function explain(result) {
  const wanted = search.terms.find((term) => term.isWanted);
  const body = byId('explain-body');
  const running = openLoading('explain-dialog', 'explain-title', 'Comparing the two…', body);
  const params = new URLSearchParams({ left: wanted.photo, right: result.photo });
  setParameter(params, 'match', parameters().get('match'));
  try {
    const explanation = await ask(addressOf('/api/explain', params), { signal: running.signal });
    byId('explain-title').textContent = explanationTitle(explanation);
    body.classList.remove('loading');
    body.replaceChildren(...explanationParts(explanation, wanted, result));
  } catch (problem) {
    if (!wasCancelled(problem)) showDialogProblem(body, problem, () => explain(result));
  }
}

/** Closing the dialog also ends what it waits for. */
function openLoading(dialogId, titleId, title, body) {
  const running = new AbortController();
  const dialog = byId(dialogId);
  byId(titleId).textContent = title;
  body.classList.add('loading');
  body.replaceChildren();
  if (!dialog.open) dialog.showModal();
  dialog.addEventListener('close', () => running.abort(), { once: true });
  return running;
}

function showDialogProblem(body, problem, retry) {
  const state = element('div', { class: 'state' });
  body.classList.remove('loading');
  body.replaceChildren(state);
  showProblem(state, problem, retry);
}

function explanationTitle({ similarity, views }) {
  const [first, second] = [...views].sort((a, b) => b.contribution - a.contribution).filter((view) => view.contribution > 0).map(viewWords);
  const reason = first ? `, mostly by ${first.toLowerCase()}${second ? ` and ${second.toLowerCase()}` : ''}` : '';
  return `${likeness(similarity)} alike${reason}`;
}

const viewWords = ({ view, meaning }) => VIEW_WORDS[view] ?? capitalised(meaning);

function typesSentence({ types, sureness }) {
  return sentence([types && typesWords(types), sureness != null && `${percent(sureness)} sure to be of one type`]);
}

function typesWords([yours, other]) {
  return yours === other ? `Both are most probably: ${yours}` : `Yours is most probably: ${yours}, the other: ${other}`;
}

function explanationParts(explanation, wanted, result) {
  const matches = explanation.matches.slice(0, MOST_MATCHES);
  const comparison = new Comparison(wanted.photo, result, matches);
  const notice = search.terms.length > 1 || wanted.region ? 'Explained for the whole of the first photo that is looked for.' : '';
  return [comparison.node, element('div', { class: 'reasons' },
    element('p', {}, typesSentence(explanation)), notice && element('p', { class: 'quiet' }, notice),
    viewTable(explanation), ...matchList(matches, comparison))];
}

function viewTable({ views, similarity }) {
  const head = ['How alike', 'Counts', 'Adds'].map((text) => element('th', { scope: 'col' }, text));
  const total = [element('td'), element('td'), element('td', { class: 'number' }, likeness(similarity))];
  return element('table', { class: 'views' }, element('caption', { class: 'visually-hidden' }, 'How alike they are in each respect'),
    element('thead', {}, element('tr', {}, element('td'), head)),
    element('tbody', {}, views.map(viewRow)),
    element('tfoot', {}, element('tr', {}, element('th', { scope: 'row' }, 'Together'), total)));
}

function viewRow(view) {
  return element('tr', { 'data-test': 'view' }, element('th', { scope: 'row', title: view.meaning }, viewWords(view)),
    element('td', {}, bar(view.cosine), element('span', { class: 'number' }, likeness(view.cosine))),
    element('td', { class: 'number' }, percent(view.weight)), element('td', { class: 'number' }, likeness(view.contribution)));
}

function bar(share) {
  const node = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('span'));
  node.firstChild.style.width = `${within(share, 0, 1) * 100}%`;
  return node;
}

function matchList(matches, comparison) {
  if (!matches.length) return [];
  const rows = matches.map((match, index) => element('li', {}, element('button', {
    type: 'button', class: 'match', 'data-test': 'match-row',
    onmouseenter: () => comparison.highlight(index), onmouseleave: () => comparison.highlight(null),
    onfocus: () => comparison.highlight(index), onblur: () => comparison.highlight(null),
  }, element('span', {}, matchWords(match)), element('span', { class: 'number' }, likeness(match.similarity)))));
  return [element('h3', {}, 'Parts that match'), element('ol', { class: 'match-list' }, rows)];
}

function matchWords({ left, right }) {
  const [here, there] = [whereabouts(left), whereabouts(right)];
  return here === there ? `${capitalised(here)} in both` : `${capitalised(here)} in yours, ${there} in the other`;
}

function whereabouts({ left, top, width, height }) {
  const third = (middle) => within(Math.floor(middle * 3), 0, 2);
  const [row, column] = [['upper', 'middle', 'lower'][third(top + height / 2)], ['left', 'centre', 'right'][third(left + width / 2)]];
  if (row === 'middle') return column === 'centre' ? 'middle' : `middle ${column}`;
  return `${row} ${column}`;
}

/** Two photos side by side, with lines between the parts that match. */
class Comparison {
  #images; #matches; #lines; #groups = [];

  constructor(photo, result, matches) {
    this.#matches = matches;
    this.#images = [photo, result.photo].map((id) => picture(imageAddress(id), { onload: () => this.#draw() }));
    this.#images.forEach((image, index) => { image.alt = index ? `The look-alike: ${readable(result.name)}` : 'Your photo'; });
    this.#lines = drawing('svg', { class: 'lines', 'aria-hidden': 'true', 'data-test': 'match-lines' });
    this.node = element('div', { class: 'comparison' }, this.#figure(0, 'Your photo'), this.#figure(1, readable(result.name)), this.#lines);
    new ResizeObserver(() => this.#draw()).observe(this.node);
  }

  highlight(index) {
    this.#groups.forEach((group, other) => {
      group.classList.toggle('lit', other === index);
      group.classList.toggle('dim', index !== null && other !== index);
    });
  }

  #figure(index, caption) {
    return element('figure', {}, this.#images[index], element('figcaption', {}, element('bdi', {}, caption)));
  }

  #draw() {
    const frame = this.node.getBoundingClientRect();
    const boxes = this.#images.map((image) => image.getBoundingClientRect());
    if (!this.#images.every((image) => image.naturalWidth)) return;
    this.#lines.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
    this.#groups = this.#matches.map((match, index) => this.#group(match, index, boxes, frame));
    this.#lines.replaceChildren(...this.#groups);
  }

  #group(match, index, boxes, frame) {
    const [from, to] = [placed(match.left, boxes[0], frame), placed(match.right, boxes[1], frame)];
    const ends = { x1: from.x + from.width / 2, y1: from.y + from.height / 2, x2: to.x + to.width / 2, y2: to.y + to.height / 2 };
    const listeners = { onmouseenter: () => this.highlight(index), onmouseleave: () => this.highlight(null) };
    return drawing('g', { 'data-test': 'match', ...listeners }, drawing('line', { class: 'casing', ...ends }), drawing('line', ends),
      drawing('rect', { ...from, rx: 4 }), drawing('rect', { ...to, rx: 4 }));
  }
}

function placed({ left, top, width, height }, box, frame) {
  const [x, y] = [box.left - frame.left + left * box.width, box.top - frame.top + top * box.height];
  return { x, y, width: width * box.width, height: height * box.height };
}

// --------------------------------------------------------------------------------------------------------- Other dialogs

async function openPhoto(place) {
  const body = byId('photo-body');
  const running = openLoading('photo-dialog', 'photo-title', readable(place.name), body);
  try {
    const photo = await ask(`/api/photos/${place.photo}`, { signal: running.signal });
    body.classList.remove('loading');
    const image = picture(imageAddress(place.photo), { class: 'large-photo', alt: readable(place.name) });
    body.replaceChildren(image, photoDetails(photo, place));
  } catch (problem) {
    if (!wasCancelled(problem)) showDialogProblem(body, problem, () => openPhoto(place));
  }
}

function photoDetails(photo, place) {
  const places = photo.places.length || !place.path ? photo.places : [place];
  const changed = photo.modified && `changed ${days.format(new Date(photo.modified))}`;
  return element('div', { class: 'reasons' },
    element('p', {}, photoFacts(photo)),
    element('p', { class: 'quiet' }, sentence([photo.bytes && fileSize(photo.bytes), changed])),
    element('ul', { role: 'list', class: 'paths' }, places.map(pathRow)),
    element('div', { class: 'actions column' },
      element('a', { href: addressOfPhoto(place.photo), class: 'button primary' }, 'Search with this photo'),
      element('a', { href: imageAddress(place.photo), target: '_blank', rel: 'noopener', class: 'button' }, 'Show it in a new tab'),
      place.folder && button('Only photos of this folder', () => refine((params) => params.set('folder', place.folder)))));
}

function openAlike(result) {
  byId('alike-title').textContent = `Nearly the same as ${readable(result.name)}`;
  byId('alike-list').replaceChildren(...[result, ...result.alike].map(alikeCard));
  byId('alike-dialog').showModal();
}

function alikeCard(place) {
  return element('li', { class: 'card', 'data-test': 'alike' }, cardLink(place, [scoreLine(place)]), cardTools(place));
}

function openShortcuts() {
  byId('shortcuts-dialog').showModal();
}

const LETTERS_KEY = 'lookalike-single-key-shortcuts';
let mayUseLetters = readLettersSwitch();

/** A browser that keeps nothing for pages refuses to be asked, too. */
function readLettersSwitch() {
  try {
    return localStorage.getItem(LETTERS_KEY) !== 'off';
  } catch {
    return true;
  }
}

function onLettersSwitch({ target }) {
  mayUseLetters = target.checked;
  try {
    localStorage.setItem(LETTERS_KEY, mayUseLetters ? 'on' : 'off');
  } catch {
    toast('This browser forgets the setting when the page is closed', 4);
  }
}

function onShortcut(event) {
  if (hasModifier(event) || !mayUseLetters || isTyping(event.target) || document.querySelector('dialog[open]')) return;
  if (event.key === '/') pickPhoto();
  else if (event.key === '?') openShortcuts();
  else return;
  event.preventDefault();
}

const isTyping = (target) => target.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select');

function onDialogClick(event) {
  const dialog = event.currentTarget;
  if (event.target === dialog || event.target.closest('[data-close]')) dialog.close();
}

// ---------------------------------------------------------------------------------------------------------- Photo grids

const OVERSCAN = 600;

/**
 * A long list of cards of which only those near the window are in the document. One card at a time can be reached by Tab; arrow keys move
 * between cards. The card that has the focus stays in the document however far it is scrolled away.
 */
class PhotoGrid {
  active = 0;
  #list; #makeCard; #onKey; #onNearEnd;
  #items = []; #cards = new Map();
  #width = 0; #columns = 1; #cardWidth = 0; #rowHeight = 0; #gap = 0; #frame = 0;

  constructor(list, { makeCard, onKey, onNearEnd = () => {} }) {
    this.#list = list;
    this.#makeCard = makeCard;
    this.#onKey = onKey;
    this.#onNearEnd = onNearEnd;
    list.addEventListener('keydown', (event) => this.#onKeyDown(event));
    list.addEventListener('focusin', (event) => this.#onFocus(event));
    addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    addEventListener('resize', () => this.#drawSoon());
    new ResizeObserver(() => this.#onResize()).observe(list);
  }

  get hasFocus() {
    return this.#list.contains(document.activeElement);
  }

  show(items, { isGrowing = false } = {}) {
    const before = this.#items;
    this.#items = items;
    if (isGrowing) this.#keepSame(before);
    else this.#clear();
    this.#layOut();
  }

  focus(index, { mayScroll = true } = {}) {
    this.active = index;
    this.#draw(index);
    const card = this.#cards.get(index);
    card?.querySelector('a').focus({ preventScroll: true });
    if (mayScroll) card?.scrollIntoView({ block: 'nearest' });
  }

  #clear() {
    this.active = 0;
    for (const card of this.#cards.values()) card.remove();
    this.#cards.clear();
  }

  /** A longer list mostly begins as the shorter one did: cards that say the same stay, and their pictures with them. */
  #keepSame(before) {
    for (const [index, card] of this.#cards) {
      if (JSON.stringify(before[index]) !== JSON.stringify(this.#items[index])) this.#remove(index, card);
      else card.setAttribute('aria-setsize', this.#items.length);
    }
  }

  #onResize() {
    if (this.#list.clientWidth && this.#list.clientWidth !== this.#width) this.#layOut();
  }

  #layOut() {
    this.#width = this.#list.clientWidth;
    if (!this.#width) return;
    this.#gap = this.#width < 600 ? 12 : 20;
    const least = this.#width < 600 ? 150 : 190;
    this.#columns = Math.max(1, Math.floor((this.#width + this.#gap) / (least + this.#gap)));
    this.#cardWidth = (this.#width - this.#gap * (this.#columns - 1)) / this.#columns;
    this.#measure();
    const rows = Math.ceil(this.#items.length / this.#columns);
    this.#list.style.height = `${Math.max(0, rows * this.#rowHeight - this.#gap)}px`;
    for (const [index, card] of this.#cards) this.#place(card, index);
    this.#draw();
  }

  /** All cards are as high as each other, whatever they hold. */
  #measure() {
    if (!this.#items.length) return;
    if (!this.#cards.size) this.#add(0);
    const card = this.#cards.values().next().value;
    card.style.width = `${this.#cardWidth}px`;
    this.#rowHeight = card.offsetHeight + this.#gap;
  }

  #drawSoon() {
    if (this.#frame || !this.#items.length) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(alsoIndex = null) {
    if (!this.#list.clientWidth || !this.#items.length) return;
    const wanted = this.#wanted(alsoIndex);
    for (const [index, card] of this.#cards) if (!wanted.has(index)) this.#remove(index, card);
    for (const index of wanted) if (!this.#cards.has(index)) this.#add(index);
    this.#setTabStop(wanted);
    if (wanted.has(this.#items.length - 1)) this.#onNearEnd();
  }

  #wanted(alsoIndex) {
    const { top } = this.#list.getBoundingClientRect();
    const first = Math.max(0, Math.floor((-top - OVERSCAN) / this.#rowHeight)) * this.#columns;
    const end = Math.min(this.#items.length, Math.ceil((innerHeight - top + OVERSCAN) / this.#rowHeight) * this.#columns);
    const wanted = new Set();
    for (let index = first; index < end; index += 1) wanted.add(index);
    if (this.hasFocus) wanted.add(this.active);
    if (alsoIndex !== null) wanted.add(alsoIndex);
    return wanted;
  }

  #remove(index, card) {
    card.remove();
    this.#cards.delete(index);
  }

  /** Cards stand in the document in their order, for screen readers and the Tab key. */
  #add(index) {
    const card = this.#makeCard(this.#items[index], index);
    card.dataset.index = index;
    card.setAttribute('aria-setsize', this.#items.length);
    card.setAttribute('aria-posinset', index + 1);
    this.#place(card, index);
    const following = [...this.#cards.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
    this.#list.insertBefore(card, this.#cards.get(following) ?? null);
    this.#cards.set(index, card);
  }

  #place(card, index) {
    const left = (index % this.#columns) * (this.#cardWidth + this.#gap);
    const top = Math.floor(index / this.#columns) * this.#rowHeight;
    card.style.width = `${this.#cardWidth}px`;
    card.style.transform = `translate(${left}px, ${top}px)`;
  }

  #setTabStop(wanted) {
    const stop = wanted.has(this.active) ? this.active : Math.min(...wanted);
    for (const [index, card] of this.#cards)
      for (const control of card.querySelectorAll('a, button')) control.tabIndex = index === stop ? 0 : -1;
  }

  #onFocus(event) {
    const card = event.target.closest('[data-index]');
    if (!card) return;
    this.active = Number(card.dataset.index);
    this.#setTabStop(new Set(this.#cards.keys()));
  }

  #onKeyDown(event) {
    if (hasModifier(event)) return;
    const target = this.#targetOf(event.key);
    if (target !== null) {
      event.preventDefault();
      this.focus(within(target, 0, this.#items.length - 1));
    } else if (event.key.length === 1 && mayUseLetters) {
      this.#onKey(event.key, this.#items[this.active]);
    }
  }

  #targetOf(key) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.#columns, ArrowUp: -this.#columns };
    if (key in steps) return this.active + steps[key];
    return { Home: 0, End: this.#items.length - 1 }[key] ?? null;
  }
}

// --------------------------------------------------------------------------------------------------------------- Start-up

const regionEditor = new RegionEditor(byId('stage'), byId('region'), changeFramedRegion);
const resultGrid = new PhotoGrid(byId('results'), { makeCard: resultCard, onKey: onResultKey });
const startGrid = new PhotoGrid(byId('start-grid'), { makeCard: startCard, onKey: onStartKey, onNearEnd: loadListing });

function listen() {
  const clicks = {
    pick: pickPhoto, 'new-photo': pickPhoto, photograph: () => byId('camera').click(), 'show-shortcuts': openShortcuts,
    'choose-part': () => regionEditor.begin(), 'whole-photo': () => regionEditor.clear(),
    'open-query': () => openPhoto({ photo: search.staged, name: byId('query-name').textContent }),
    'open-filters': openFilters, 'copy-link': () => copy(location.href, 'Link'), 'copy-curl': copyCurl, 'show-more': showMore,
    'start-more': loadListing, refresh: startRun, stop: stopRun, 'more-groups': showMoreGroups, 'duplicates-usual': forgetDuplicatesLimit,
  };
  for (const [id, listener] of Object.entries(clicks)) byId(id).addEventListener('click', listener);
  listenToForms();
  listenToDialogs();
  listenToWindow();
}

function listenToForms() {
  watched(byId('stage-photo'));
  byId('file').addEventListener('change', onPicked);
  byId('camera').addEventListener('change', onPicked);
  byId('filters').addEventListener('change', onFilter);
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  byId('match-field').addEventListener('change', onFilter);
  byId('above').addEventListener('input', ({ target }) => showAbove(target.value));
  byId('start-folder').addEventListener('change', ({ target }) => refine((params) => setParameter(params, 'folder', target.value)));
  byId('add-root').addEventListener('submit', addRoot);
  byId('skipped-filter').addEventListener('input', showSkipped);
  byId('duplicates-form').addEventListener('change', onDuplicatesForm);
  byId('duplicates-above').addEventListener('input', onDuplicatesSlide);
  byId('letter-shortcuts').checked = mayUseLetters;
  byId('letter-shortcuts').addEventListener('change', onLettersSwitch);
}

function listenToDialogs() {
  for (const dialog of document.querySelectorAll('dialog')) dialog.addEventListener('click', onDialogClick);
  byId('filter-sheet').addEventListener('close', onFiltersClosed);
}

function listenToWindow() {
  addEventListener('dragover', onDragOver);
  addEventListener('dragleave', onDragLeave);
  addEventListener('drop', onDrop);
  addEventListener('paste', onPaste);
  addEventListener('popstate', onHistory);
  addEventListener('keydown', onShortcut);
  document.addEventListener('click', onLink);
}

async function begin() {
  try {
    await learn();
    buildFilters();
    render();
  } catch (problem) {
    showProblem(byId('page-state'), problem, begin);
  }
}

history.scrollRestoration = 'manual';
if (!history.state?.entry) history.replaceState(newEntry(), '');
shownEntry = history.state;
listen();
begin();
