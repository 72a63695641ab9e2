// Search in the browser: words are looked up in the files of index/, which newsletter/archive/search makes.
// What is shown of a piece comes from its page.

// Words, as archive/words/spelling.py has them. Tests hold the two to the same.

const points = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670";
const letter = `[\\p{L}\\p{N}${points}\u0900-\u109f]`;
const wordPattern = new RegExp(`${letter}+(?:['’‐‑־-]${letter}+|[.,][0-9]${letter}*)*`, "gu");
const partPattern = new RegExp(`${letter}+`, "gu");
const accents = new RegExp(`[${points}]`, "gu");
const unspaced =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
const latin = {ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ς: "σ"};

const visible = (text) => text.replace(/[\u00ad\u200b-\u200d\u2060]/g, "").normalize("NFC");

export const words = (text) => visible(text).toLowerCase().match(wordPattern) ?? [];

export const folded = (word) =>
  word.normalize("NFKD").replace(accents, "").normalize("NFC").toLowerCase().replace(/[ßæœøđðþłıς]/g, (c) => latin[c]);

function grams(part) {
  const others = part.split(unspaced).filter(Boolean);
  const pairs = (part.match(unspaced) ?? []).flatMap((run) => {
    const characters = [...run];
    return characters.length > 1 ? characters.slice(1).map((next, place) => characters[place] + next) : run;
  });
  return [...others, ...pairs];
}

// The ways in which a word is found. Each is a list of terms, of which none may be missing.
export function waysOf(word) {
  const parts = word.match(partPattern);
  const long = parts.filter((part) => [...part].length > 1);
  const ways = parts.length > 1 ? [[parts.join("")], long] : [parts];
  return ways.map((way) => way.flatMap(grams).map(folded)).filter((way) => way.length);
}

// A text as words with a space around each, so that a phrase is a part of it. Compounds are parted: "three-parent" is
// "three parent". In scripts without spaces, each character is a word.
function inOrder(text) {
  const parted = folded(visible(text)).replace(unspaced, (run) => ` ${[...run].join(" ")} `);
  return ` ${(parted.match(partPattern) ?? []).join(" ")} `;
}

// What is in quotes. A quote within a word is none: Hebrew writes צה"ל.
const quoted = /(?<![\p{L}\p{N}])["“”„«»「」]([^"“”„«»「」]+)["“”„«»「」](?![\p{L}\p{N}])/gu;

const phrasesIn = (text) =>
  [...text.matchAll(quoted)].map(([, phrase]) => inOrder(phrase)).filter((phrase) => phrase.trim());

// The index

const here = new URL("./", import.meta.url);
const site = new URL("../", here);
const loading = new Map();

// What is loaded once, or again after a failure.
function once(name, load) {
  const forget = (error) => {
    loading.delete(name);
    throw error;
  };
  if (!loading.has(name)) loading.set(name, load().catch(forget));
  return loading.get(name);
}

const load = (name, version) => once(name, async () => {
  const address = new URL(`index/${name}.bin${version ? `?${version}` : ""}`, here);
  const response = await fetch(address, {cache: version ? "default" : "no-cache"});
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
});

let index;

async function open() {
  if (index) return;
  const contents = await load("contents");
  const pieces = [];
  let first = 0, issue = 0;
  for (const [year, issues] of contents.years) {
    for (const sections of issues) {
      [...sections].forEach((code, place) => {
        pieces[first + place] = {year: String(year), section: contents.sections[code], issue, place};
      });
      first += (Math.ceil(sections.length / contents.slot) || 1) * contents.slot;
      issue += 1;
    }
  }
  index = {...contents, pieces, count: Object.keys(pieces).length};
}

export function drawerOf(word, drawers = index.drawers) {
  let number = 0x811c9dc5;
  for (const character of [...word].slice(0, 4)) number = Math.imul(number ^ character.codePointAt(0), 0x01000193);
  return ((number ^ (number >>> 15)) >>> 0) % drawers;
}

const filesOf = (word) =>
  Promise.all(index.tiers.map((tier) => load(`${tier.name}-${drawerOf(word) % tier.files}`, tier.version)));

const formsOf = (stem, endings) =>
  endings.split(" ").map((ending) => (ending[0] === "=" ? ending.slice(1) : stem + ending));

// How well stems fit a term: 1 if the term is one of its forms, 1/2 if one begins with it. A term that never occurs is
// shortened until something begins with it.
async function stemsOf(term, isBeginning) {
  const files = await filesOf(term);
  const stems = new Map();
  const collect = (fit, fits) => {
    for (const file of files)
      for (const [stem, [endings]] of Object.entries(file))
        if (!stems.has(stem) && formsOf(stem, endings).some(fits)) stems.set(stem, fit);
  };

  collect(1, (form) => form === term);
  if (isBeginning && term.length > 3) collect(0.5, (form) => form.startsWith(term));
  const most = /[0-9]/.test(term) ? 0 : Math.min(3, term.length - 4);
  for (let cut = 1; cut <= most && !stems.size; cut++) collect(0.5, (form) => form.startsWith(term.slice(0, -cut)));
  return stems;
}

// How well pieces fit a term (BM25), and the forms of it to be marked.
async function lookUp(term, isBeginning) {
  const scores = new Map();
  const forms = [];
  for (const [stem, fit] of await stemsOf(term, isBeginning)) {
    for (const file of await filesOf(stem)) {
      if (!Object.hasOwn(file, stem)) continue;
      const [endings, steps, pieces] = file[stem];
      forms.push(...formsOf(stem, endings));
      const slots = pieces.split(" ");
      let slot = 0;
      steps.forEach((step, number) => {
        slot += step;
        for (const [, place, impact] of slots[number].matchAll(/(.)(.)/g)) {
          const piece = slot * index.slot + parseInt(place, 32);
          scores.set(piece, Math.max(scores.get(piece) ?? 0, fit * parseInt(impact, 16)));
        }
      });
    }
  }

  const rarity = Math.log(1 + index.count / (scores.size + 1));
  for (const [piece, impact] of scores) scores.set(piece, impact * rarity);
  return {scores, forms};
}

// How well pieces fit that have all of the terms.
async function lookUpAll(terms, isBeginning) {
  const last = terms.length - 1;
  const found = await Promise.all(terms.map((term, place) => lookUp(term, isBeginning && place === last)));
  const scores = new Map();
  for (const piece of found[0].scores.keys()) {
    const each = found.map(({scores}) => scores.get(piece) ?? 0);
    if (Math.min(...each) > 0) scores.set(piece, each.reduce((sum, score) => sum + score) / each.length);
  }
  return {scores, forms: found.flatMap(({forms}) => forms)};
}

// The pieces that have all words, or else as many as any piece has: the best first, the newest of equals first.
export async function search(text) {
  await open();
  const asked = [...new Set(words(text))];
  const ends = /[\p{L}\p{N}]$/u.test(text);
  const totals = new Map();
  const forms = new Set();
  await Promise.all(asked.map(async (word, place) => {
    const isBeginning = ends && place === asked.length - 1;
    const ways = await Promise.all(waysOf(word).map((way) => lookUpAll(way, isBeginning)));
    const best = new Map();
    for (const way of ways) {
      way.forms.forEach((form) => forms.add(form));
      for (const [piece, score] of way.scores) best.set(piece, Math.max(best.get(piece) ?? 0, score));
    }
    for (const [piece, score] of best) {
      const total = totals.get(piece) ?? {words: 0, score: 0};
      totals.set(piece, {words: total.words + 1, score: total.score + score});
    }
  }));

  let most = 0;
  for (const {words} of totals.values()) most = Math.max(most, words);
  const hits = [...totals].filter(([, total]) => total.words === most);
  hits.sort(([a, one], [b, other]) => other.score - one.score || b - a);
  return {hits: hits.map(([piece]) => piece), hasAll: most === asked.length, forms};
}

export async function pathOf(piece) {
  const {issue, place} = index.pieces[piece];
  const {issues, version} = index.paths;
  return (await load(`paths-${Math.floor(issue / issues)}`, version))[issue % issues][place];
}

// What is shown of a piece

const textOf = (element) => visible(element?.textContent.trim().replace(/\s+/g, " ") ?? "");

const addressOf = async (piece) => new URL(await pathOf(piece), site).href;

// What a piece's page says, without copies of it and numbers of footnotes; nothing if it is gone.
const pageOf = (piece) => once(piece, async () => {
  const response = await fetch(await addressOf(piece));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const article = response.ok && page.querySelector("article");
  if (!article) return undefined;
  article.querySelectorAll("details, sup a").forEach((element) => element.remove());
  const texts = [...article.querySelectorAll("p, li, figcaption")]
    .filter((element) => !element.closest("header, nav, aside, form"))
    .map(textOf)
    .filter(Boolean);
  return {
    title: textOf(article.querySelector("h1")),
    small: textOf(article.querySelector("header .small")),
    texts,
    whole: textOf(article),
  };
});

async function hasPhrases(piece, phrases) {
  if (!phrases.length) return true;
  const whole = inOrder((await pageOf(piece))?.whole ?? "");
  return phrases.every((phrase) => whole.includes(phrase));
}

// Texts with marks

function marksIn(text, forms) {
  const marks = [];
  const has = (word) => waysOf(word.toLowerCase()).flat().some((term) => forms.has(term));
  for (const {0: word, index: start} of text.matchAll(wordPattern)) {
    if (unspaced.test(word)) {
      for (let at = 0; at < word.length - 1; at++)
        if (has(word.slice(at, at + 2))) marks.push([start + at, start + at + 2]);
    } else if (has(word)) marks.push([start, start + word.length]);
    unspaced.lastIndex = 0;
  }
  return marks;
}

function show(element, text, forms) {
  let end = 0;
  element.textContent = "";
  for (const [from, to] of marksIn(text, forms)) {
    if (from > end) element.append(text.slice(end, from));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(Math.max(from, end), to);
    element.append(mark);
    end = to;
  }
  element.append(text.slice(end));
}

const room = 240;

// The part of a piece that has most of the phrases, and then the most different words, that were looked for.
function excerptOf(texts, forms, phrases) {
  let best = {text: texts[0] ?? "", from: 0, whole: 0, different: 0};
  for (const text of texts) {
    const marks = marksIn(text, forms);
    for (const [from] of marks) {
      const to = from + room - 60;
      const near = marks.filter(([start, end]) => start >= from && end <= to);
      const different = new Set(near.map(([start, end]) => text.slice(start, end).toLowerCase())).size;
      const inside = phrases.length ? inOrder(text.slice(from, to)) : "";
      const whole = phrases.filter((phrase) => inside.includes(phrase)).length;
      if (whole > best.whole || (whole === best.whole && different > best.different)) best = {text, from, whole, different};
    }
  }

  const {text, from} = best;
  const start = from < 60 ? 0 : text.lastIndexOf(" ", from - 40) + 1;
  const end = text.length - start <= room ? text.length : text.lastIndexOf(" ", start + room);
  return (start ? "…" : "") + text.slice(start, end > start ? end : start + room) + (end < text.length ? "…" : "");
}

// The page

const form = document.getElementById("search");
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const template = document.getElementById("result");
const says = form.dataset;
let latest = 0;

const number = (count) => count.toLocaleString(document.documentElement.lang);

async function fill(entry, piece, forms, phrases) {
  const link = entry.querySelector("a");
  link.href = await addressOf(piece);
  link.textContent = link.pathname; // until its page is there
  const page = await pageOf(piece);
  if (!page) return;

  show(link, page.title, forms);
  entry.querySelector(".small").textContent = page.small;
  show(entry.querySelector(".excerpt"), excerptOf(page.texts, forms, phrases), forms);
}

// How many hits each choice of a select would leave.
function count(select, hits, field) {
  const counts = new Map();
  for (const piece of hits) {
    const value = index.pieces[piece][field];
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (const option of select.options) {
    option.dataset.name ??= option.textContent;
    const found = hits.length && option.value ? ` (${number(counts.get(option.value) ?? 0)})` : "";
    option.textContent = option.dataset.name + found;
  }
}

// So many pieces are shown at a time, and so many pages at most are looked through for them.
const atOnce = 10;
const mostPages = 100;

async function answer() {
  const mine = ++latest;
  const {q, section, year, order} = form.elements;
  const isAsked = words(q.value).length > 0;
  const quotes = phrasesIn(q.value);
  list.replaceChildren();
  more.hidden = true;
  status.textContent = isAsked ? says.busy : "";
  try {
    const {hits, hasAll, forms} = await search(q.value);
    if (mine === latest) await showAll(hits, hasAll, forms, hasAll ? quotes : []);
  } catch (error) {
    fail(error);
  }

  function fail(error) {
    if (mine === latest) status.textContent = says.failed;
    console.error(error);
  }

  async function showAll(hits, hasAll, forms, phrases) {
    const inSection = (piece) => !section.value || index.pieces[piece].section === section.value;
    const inYear = (piece) => !year.value || index.pieces[piece].year === year.value;
    const counted = phrases.length ? [] : hits; // which have a phrase, only their pages say
    count(section, counted.filter(inYear), "section");
    count(year, counted.filter(inSection), "year");

    const left = hits.filter((piece) => inSection(piece) && inYear(piece));
    if (order.value) left.sort((a, b) => b - a);
    const all = left.length;

    const showOne = async (piece) => {
      const entry = template.content.firstElementChild.cloneNode(true);
      list.append(entry);
      await fill(entry, piece, forms, phrases).catch(console.error);
      entry.removeAttribute("aria-busy");
      return entry.querySelector("a");
    };

    const message = () => {
      if (!isAsked) return "";
      if (!hits.length) return says.none;
      if (!hasAll) return says.some;
      if (!phrases.length) return says.found;
      if (left.length) return says.quoted;
      return list.children.length ? says.found : says.apart;
    };

    const showSome = async () => {
      const filled = [];
      for (let looked = 0; looked < mostPages && left.length && filled.length < atOnce; looked += atOnce) {
        const some = left.splice(0, atOnce);
        const fit = await Promise.all(some.map((piece) => hasPhrases(piece, phrases)));
        if (mine !== latest) return undefined;
        filled.push(...some.filter((_, place) => fit[place]).map(showOne));
      }
      const numbers = {count: phrases.length ? list.children.length : all, looked: all - left.length, all};
      status.textContent = message().replace(/{(\w+)}/g, (_, name) => number(numbers[name]));
      more.hidden = !left.length;
      return filled[0];
    };

    await showSome();
    more.onclick = () => showSome().then((link) => link?.focus(), fail);
  }
}

// What is looked for is in the address, so that "back" works and an answer can be sent to somebody.

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  for (const name of ["q", "section", "year", "order"]) form.elements[name].value = asked.get(name) ?? "";
  answer();
}

function toAddress(isNew) {
  const asked = [...new FormData(form)].filter(([, value]) => value);
  const address = `?${new URLSearchParams(asked)}`;
  if (address !== (location.search || "?")) history[isNew ? "pushState" : "replaceState"](null, "", address);
  answer();
}

let timer;
form.elements.q.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(toAddress, 150);
});
form.addEventListener("change", ({target}) => target === form.elements.q || toAddress(true));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  toAddress(true);
});
window.addEventListener("popstate", fromAddress);
form.addEventListener("focusin", () => open().catch(() => {}), {once: true});
if (location.search) fromAddress();
