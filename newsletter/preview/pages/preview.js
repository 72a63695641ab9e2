// The page around the email. The email itself stays as it was built; only its pictures come from here, as they may not be
// on the web yet. To show it another way (dark, larger…), this script changes the frame's document, the way a mail client
// does.

const main = document.querySelector("main");
const switches = [...document.querySelectorAll(".tools input")];
const on = (name) => document.querySelector(`input[name="${name}"]`)?.checked ?? false;

// Switches are remembered from page to page.

const remembered = JSON.parse(localStorage.getItem("switches") ?? "null") ?? {
  "screen-360": innerWidth < 1060 || innerWidth >= 1440, // as many screens as there is room for
  "screen-640": innerWidth >= 1060,
  scheme: "light",
};

function recall() {
  for (const input of switches) {
    if (input.type === "radio") input.checked = remembered[input.name] === input.value;
    else input.checked = remembered[input.name] ?? false;
  }
}

function remember() {
  for (const input of switches) {
    if (input.type !== "radio") remembered[input.name] = input.checked;
    else if (input.checked) remembered[input.name] = input.value;
  }
  localStorage.setItem("switches", JSON.stringify(remembered));
}

// How a reader's mail client may show the email: each function changes how a frame's document looks.

const everything = (doc) => [doc.documentElement, ...doc.body.querySelectorAll("*"), doc.body];

/** Apply the email's own rules for light or dark, whatever this computer is set to. */
function showScheme(doc, scheme) {
  const decide = (condition) =>
    condition.replace(/\(\s*prefers-color-scheme:\s*(\w+)\s*\)/g, (_, preferred) =>
      preferred === scheme ? "(min-width: 0)" : "(max-width: 0)",
    );
  for (const sheet of doc.styleSheets) {
    if (sheet.media.mediaText) sheet.media.mediaText = decide(sheet.media.mediaText);
    for (const rule of sheet.cssRules) if (rule.media) rule.media.mediaText = decide(rule.media.mediaText);
  }
}

const COLOURS = ["color", "background-color", ...["top", "right", "bottom", "left"].map((side) => `border-${side}-color`)];

/** Invert the lightness of every colour, as clients do that make their own dark scheme. Pictures stay as they are. */
function invert(doc) {
  const seen = everything(doc).map((element) => {
    const style = doc.defaultView.getComputedStyle(element);
    return [element, COLOURS.map((name) => [name, style.getPropertyValue(name)])];
  });
  for (const [element, colours] of seen)
    for (const [name, colour] of colours)
      if (!/^rgba\(.*, 0\)$/.test(colour))
        element.style.setProperty(name, `oklch(from ${colour} calc(1 - l) c h)`, "important");
}

/** Show text at 200%, as readers may set it in their mail client or on their phone. */
function enlarge(doc) {
  const sizes = everything(doc).map((element) => [
    element,
    parseFloat(doc.defaultView.getComputedStyle(element).fontSize),
  ]);
  for (const [element, size] of sizes) element.style.setProperty("font-size", `${2 * size}px`, "important");
}

/** Outline each link and show its address after it, or stop doing so. */
function showLinks(doc, shown) {
  const sheet = new doc.defaultView.CSSStyleSheet();
  sheet.replaceSync(`
    a[href] { outline: 2px solid #c2185b !important; outline-offset: 1px }
    a[href]::after { content: " " attr(href); overflow-wrap: anywhere; font: 12px/1.4 monospace;
      color: #1b1b1b; background: #ffe9a8; padding: 0 3px }`);
  doc.adoptedStyleSheets = shown ? [sheet] : [];
}

/** Return the addresses of the email's own files, each with its address here: they may not be on the web yet. */
const ownFiles = () => JSON.parse(main.dataset.files);

/** Return where the preview shows a page of the archive, which may not be on the web yet; nothing for other pages. */
function inArchive(address) {
  const archive = main.dataset.archive?.replace(/\/*$/, "/");
  if (archive?.length > 1 && address.startsWith(archive)) return `/archive/${address.slice(archive.length)}`;
}

/** Open links in a new tab, and let keys work here as they do outside the frame. */
function listen(doc) {
  doc.addEventListener("keydown", pressed);
  doc.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const target = link.getAttribute("href");
    if (target.startsWith("#")) doc.getElementById(target.slice(1))?.scrollIntoView();
    else open(ownFiles()[target] ?? inArchive(link.href) ?? link.href, "_blank", "noopener");
  });
}

// Screens

const screens = [...document.querySelectorAll(".screen")];
const textOf = async (to) => (await fetch(to)).text();
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function address() {
  const query = new URLSearchParams(main.dataset.query);
  query.set("pictures", on("pictures-off") ? "off" : "here");
  return `/${main.dataset.issue}/email.html?${query}`;
}

/** Make a frame for a screen: its content cannot run scripts, and this page can look into it. */
function newFrame(screen) {
  const frame = document.createElement("iframe");
  frame.title = `The email: ${screen.querySelector("figcaption").firstChild.textContent.trim()}`;
  frame.setAttribute("sandbox", "allow-same-origin");
  screen.querySelector(".glass").append(frame);
  return frame;
}

/** Load an address into a frame and return its document once that is complete; pictures may still be loading. */
async function navigate(frame, to) {
  const before = frame.contentDocument;
  frame.dataset.address = to;
  frame.contentWindow.location.replace(to);
  for (;;) {
    await pause(3);
    const doc = frame.contentDocument;
    if (!doc) throw new Error("the screen was switched off");
    if (doc === before || doc.URL === "about:blank" || doc.readyState === "loading") continue;
    listen(doc);
    return doc;
  }
}

/** Put the HTML into the document that is there: five times as fast as loading it again, and nothing flickers. */
function replace(doc, html) {
  const fresh = new doc.defaultView.DOMParser().parseFromString(html, "text/html");
  doc.replaceChild(doc.adoptNode(fresh.documentElement), doc.documentElement);
}

/** Show the email, which is ``html``, on a screen, as the switches are set. */
async function show(screen, html) {
  const frame = screen.querySelector("iframe") ?? newFrame(screen);
  if (frame.dataset.address === address()) replace(frame.contentDocument, html);
  else await navigate(frame, address());
  const doc = frame.contentDocument;
  const scheme = remembered.scheme === "dark" ? "dark" : "light";
  frame.style.colorScheme = scheme;
  showScheme(doc, scheme);
  if (on("large")) enlarge(doc);
  if (remembered.scheme === "inverted") invert(doc);
  showLinks(doc, on("links"));
  const fit = () => (frame.style.height = `${Math.ceil(doc.documentElement.getBoundingClientRect().height)}px`);
  fit();
  frame.sizes?.disconnect();
  frame.sizes = new ResizeObserver(fit);
  frame.sizes.observe(doc.documentElement);
}

// One thing after the other, so that an older version never replaces a newer one.
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work).catch(() => {})); // no server, say, as the status line then shows

async function showScreens(html) {
  if (!screens.length || !main.dataset.version) return;
  for (const screen of screens) screen.hidden = !on(`screen-${screen.dataset.screen}`);
  for (const screen of screens) if (screen.hidden) screen.querySelector("iframe")?.remove();
  html ??= await textOf(address());
  await Promise.all(screens.filter((screen) => !screen.hidden).map((screen) => show(screen, html)));
  showOutline();
}

// The headings of the first screen, as a screen reader lists them

const outline = document.getElementById("outline");
const headings = () =>
  document.querySelector(".screen:not([hidden]) iframe")?.contentDocument.querySelectorAll("h1, h2, h3, h4, h5, h6") ?? [];

function showOutline() {
  if (!outline) return;
  outline.hidden = !on("outline");
  if (!outline.hidden) outline.querySelector("ol").replaceChildren(...[...headings()].map(entryOf));
}

function entryOf(heading) {
  const spoken = heading.cloneNode(true);
  for (const picture of spoken.querySelectorAll("img")) picture.replaceWith(picture.alt);
  const [entry, button, level, text] = ["li", "button", "span", "bdi"].map((name) => document.createElement(name));
  entry.className = `level-${heading.localName[1]}`;
  button.type = "button";
  level.className = "level";
  level.textContent = heading.localName;
  text.textContent = spoken.textContent.trim().replace(/\s+/g, " ");
  button.append(level, " ", text);
  entry.append(button);
  return entry;
}

outline?.addEventListener("click", (event) => {
  const entry = event.target.closest("li");
  if (entry) headings()[[...entry.parentElement.children].indexOf(entry)]?.scrollIntoView();
});

// What is scrolled to must not be hidden by the switches, which may stay on top.
const tools = document.querySelector(".tools");
if (tools)
  new ResizeObserver(() => {
    const covered = getComputedStyle(tools).position === "sticky" ? tools.offsetHeight : 0;
    document.documentElement.style.scrollPaddingTop = `${covered}px`;
  }).observe(tools);

const width = document.getElementById("width");
if (width) {
  const glass = document.querySelector(".screen-free .glass");
  const set = (pixels) => {
    glass.style.width = `${pixels}px`;
    document.querySelector("output[for=width]").value = pixels;
  };
  width.addEventListener("input", () => set(width.value));
  new ResizeObserver(() => {
    if (!glass.clientWidth || glass.clientWidth === Number(width.value)) return;
    width.value = glass.clientWidth; // its corner was dragged
    set(glass.clientWidth);
  }).observe(glass);
  set(width.value);
}

for (const input of switches)
  input.addEventListener("change", () => {
    remember();
    showOutline();
    if (input.name !== "outline") inTurn(() => showScreens());
  });

// Keys

const help = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
keysOn.checked = localStorage.getItem("keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
document.getElementById("help").addEventListener("click", () => help.showModal());

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target.closest("select, input:not([type=checkbox], [type=radio], [type=range])")) return;
  if (event.key === "?") return help.showModal();
  if (!keysOn.checked) return;
  const targets = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)];
  if (!targets.length) return;
  event.preventDefault();
  const chosen = targets.findIndex((target) => target.checked || target.matches("[aria-current]"));
  const target = targets[(chosen + 1) % targets.length]; // of several that share a key, the next
  if (target.matches("select")) target.focus();
  else target.click();
}
document.addEventListener("keydown", pressed);

// Merge tags, and the HTML for the clipboard

document.querySelector("select[name=tags]")?.addEventListener("change", (event) => {
  const query = new URLSearchParams(main.dataset.query);
  if (event.target.value) query.set("tags", event.target.value);
  else query.delete("tags");
  location.search = query;
});

document.getElementById("copy")?.addEventListener("click", async ({ target }) => {
  const { part, file } = target.closest("button").dataset;
  const answer = await fetch(`/${main.dataset.issue}/${file}${main.dataset.query}`);
  try {
    await navigator.clipboard.writeText(await answer.text());
    say(`${part[0].toUpperCase()}${part.slice(1)} copied.`);
  } catch {
    say("The browser does not allow this page to copy.");
  }
});

// Each save shows immediately

const live = document.querySelector(".live");

function say(text, state = "live") {
  live.textContent = text;
  live.dataset.state = state;
}

/** Replace the parts of this page that change; the scroll position and the switches stay as they are. */
async function refresh() {
  const [text, html] = await Promise.all([textOf(location.href), screens.length && textOf(address())]);
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("main");
  const differ = (selector) => !fresh.querySelector(selector) !== !main.querySelector(selector);
  const isOther = !fresh.dataset.issue !== !main.dataset.issue || differ(".tools") || differ(".screens");
  if (isOther) return location.reload(); // a different page now
  Object.assign(main.dataset, fresh.dataset);
  await showScreens(html);
  document.title = page.title;
  showLive(page);
}

function showLive(page) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (!now || now.innerHTML === part.innerHTML) continue;
    const scrollers = () => [...part.querySelectorAll("[tabindex='0']")];
    const places = scrollers().map((scroller) => [scroller.scrollLeft, scroller.scrollTop]);
    part.replaceChildren(...now.childNodes);
    scrollers().forEach((scroller, index) => scroller.scrollTo(...(places[index] ?? [0, 0])));
  }
}

// A page of the archive: it has no script of its own, so this one follows where its links lead.

const site = document.getElementById("site");
const around = (path) => textOf(`${path}?around`).then((text) => new DOMParser().parseFromString(text, "text/html"));

/** Show the page in the frame as it is now, and what is wrong. */
async function refreshSite() {
  const page = await around(location.pathname);
  main.dataset.version = page.querySelector("main").dataset.version;
  site.contentWindow.location.reload();
  showLive(page);
}

/** Let links and keys of the page in the frame work as outside it, and let the address be that of this page. */
async function siteLoaded() {
  const doc = site.contentDocument;
  doc.addEventListener("keydown", pressed);
  doc.addEventListener("click", leave);
  document.title = doc.title;
  const { pathname, search, hash } = site.contentWindow.location;
  const isOther = pathname !== location.pathname;
  history.replaceState(null, "", pathname + search + hash);
  if (isOther) showLive(await around(pathname));
}

site?.addEventListener("load", siteLoaded);
if (site?.contentDocument.readyState === "complete" && site.contentDocument.URL !== "about:blank") siteLoaded();

/** Open a link that leads out of the archive in a new tab: a frame of ours shows nothing else. */
function leave(event) {
  const link = event.target.closest("a[href]");
  if (!link || link.origin === location.origin) return;
  event.preventDefault();
  open(link.href, "_blank", "noopener");
}

let findingsAsked = 0;

/** Show what the checks find, and the verdict. They take longer than the email, so they come after it. */
async function showFindings() {
  if (!main.dataset.issue) return;
  const asked = ++findingsAsked;
  await pause(150); // of several saves in quick succession, only the last is checked
  if (asked !== findingsAsked) return;
  const text = await textOf(`/${main.dataset.issue}/checks${main.dataset.query}`);
  if (asked !== findingsAsked) return; // a newer answer is on its way
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-late]")) {
    const now = page.querySelector(`[data-late="${part.dataset.late}"]`);
    if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
  }
}

let changes;

function follow() {
  changes?.close();
  const { issue, format, site: archive } = main.dataset;
  const shown = { ...(issue && { issue }), ...(format && { format }), ...(archive && { archive }) };
  changes = new EventSource(`/changes?${new URLSearchParams(shown)}`);
  changes.addEventListener("message", async ({ data }) => {
    if (data && data === main.dataset.version) return say("Live");
    await inTurn(async () => {
      await (site ? refreshSite() : refresh());
      showFindings().catch(() => {});
      say(`Updated at ${new Date().toLocaleTimeString()}`);
    });
  });
  changes.addEventListener("error", () => say("The preview has stopped: start it again", "ended"));
}

// A browser allows six connections to one host: a hidden page closes its own, and leaves it to others.
document.addEventListener("visibilitychange", () => (document.hidden ? changes?.close() : follow()));
window.addEventListener("focus", () => main.dataset.version || inTurn(refresh)); // the list shows what was built meanwhile

recall();
showOutline();
inTurn(() => showScreens()).then(showFindings).catch(() => {});
follow();
