// What Streamlit leaves to the browser: the page's language and direction, the list of conversations kept in this browser alone, marks
// in an answer that open their source, and going to a paragraph. Text is only ever put in as text.
const PREFIX = "khartoum:conversation:";
const OPEN = "khartoum:open";
const MOST = 50;

// One for the page: this module is loaded again with each mount.
const here = (globalThis.khartoum ??= { done: {}, told: "", gone: "", tell: null, listening: false });

export default function ({ data, setStateValue }) {
  document.documentElement.lang = data.language;
  document.documentElement.dir = data.direction;
  const address = new URL(location.href);
  if (address.searchParams.get("language") !== data.language) {
    address.searchParams.set("language", data.language);
    history.replaceState(history.state, "", address); // not a step that the back button should take
  }
  for (const task of data.tasks) {
    if (task.number <= (here.done[data.session] ?? 0)) continue;
    here.done[data.session] = task.number;
    kept(() => carryOut(task));
  }
  here.tell = () => setStateValue("held", kept(held));
  if (here.told !== data.session) {
    here.told = data.session;
    const first = kept(held);
    if (first && (first.listed.length || first.open)) here.tell(); // nothing to tell is not worth another run of the page
  }
  if (!here.listening) {
    here.listening = true;
    addEventListener("storage", (change) => change.key?.startsWith(PREFIX) && here.tell());
    document.addEventListener("click", (click) => openSource(click) || stayHere(click), true);
  }
  if (data.goal && here.gone !== data.goal.number + data.session) {
    here.gone = data.goal.number + data.session;
    goTo(data.goal.anchor, performance.now() + 5000);
  }
}

// A browser may forbid storage: the list then lasts as long as the session.
function kept(action) {
  try {
    return action();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

function carryOut(task) {
  if (task.what === "keep") {
    const at = (!task.newest && listed().find((one) => one.id === task.id)?.at) || Date.now();
    localStorage.setItem(PREFIX + task.id, JSON.stringify({ name: task.name, pending: task.pending, at }));
  }
  if (task.what === "drop") localStorage.removeItem(PREFIX + task.id);
  if (task.what === "open") sessionStorage.setItem(OPEN, task.id);
  listed().slice(MOST).forEach((old) => localStorage.removeItem(PREFIX + old.id));
}

function listed() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const { name, pending, at } = read(localStorage.getItem(key));
    found.push({ id: key.slice(PREFIX.length), name: String(name ?? ""), pending: String(pending ?? ""), at: Number(at) || 0 });
  }
  return found.sort((one, other) => other.at - one.at);
}

function read(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function held() {
  return { listed: listed(), open: sessionStorage.getItem(OPEN) ?? "" };
}

// "#cite-KEY-PLACE" in an answer stands for the button at that place in the list of sources under it.
function openSource(click) {
  const mark = click.target.closest?.('a[href^="#cite-"]');
  const found = mark?.getAttribute("href").match(/^#cite-(.+)-(\d+)$/);
  if (!found) return false;
  click.preventDefault();
  click.stopPropagation();
  const button = document.querySelectorAll(`.st-key-sources-${CSS.escape(found[1])} button`)[Number(found[2])];
  button?.click();
  button?.focus();
  return true;
}

// A link to the page of texts opens in this session, and the back button leads back; with a key held it opens a tab, as links do.
function stayHere(click) {
  const link = click.target.closest?.('a[href^="./read?"]');
  if (!link || click.button || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
  click.preventDefault();
  click.stopPropagation();
  history.pushState({}, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
}

function goTo(anchor, until) {
  const goal = document.getElementById(anchor);
  if (goal) {
    goal.scrollIntoView({ block: "start" });
    for (const before of document.querySelectorAll("[data-goal]")) delete before.dataset.goal;
    goal.dataset.goal = "";
    goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
  } else if (performance.now() < until) setTimeout(() => goTo(anchor, until), 100);
}
