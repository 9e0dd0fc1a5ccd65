// Streamlit has its own words in English alone; here they take the page's language. Only what it writes itself is looked at: names of
// things for those who listen, and text outside the Markdown that pages are made of. Digits stand as # in the list of words.
const NAMES = ["aria-label", "aria-roledescription", "placeholder", "title"];

// One for the page: this module is loaded again with each mount. `known` leads from any language back to the English.
const here = (globalThis.khartoumBuiltin ??= { words: {}, known: new Map(), watching: false });

export default function ({ data }) {
  if (here.language === data.language) return;
  here.language = data.language;
  here.words = data.words;
  for (const [english, word] of Object.entries(data.words)) here.known.set(english, english).set(word, english);
  translate(document.body);
  if (here.watching) return;
  here.watching = true;
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") name(change.target, change.attributeName);
      else if (change.type === "characterData") text(change.target);
      else change.addedNodes.forEach(translate);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) return text(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let one = node; one; one = walker.nextNode()) {
    if (one.nodeType === Node.TEXT_NODE) text(one);
    else for (const attribute of NAMES) name(one, attribute);
  }
}

function name(element, attribute) {
  const found = element.hasAttribute(attribute) && said(element.getAttribute(attribute));
  if (found) element.setAttribute(attribute, found);
}

function text(node) {
  const ours = node.parentElement?.closest('[data-testid="stMarkdownContainer"]');
  if (ours && !ours.closest('[data-testid="stFileUploaderDropzone"]')) return;
  const found = said(node.nodeValue);
  if (found) node.nodeValue = found;
}

// The word in the page's language, when it is one of Streamlit's and is not there already.
function said(written) {
  const digits = written.match(/\d+/g) ?? [];
  const english = here.known.get(written.replace(/\d+/g, "#"));
  const word = english && (here.words[english] ?? english).replace(/#/g, () => digits.shift() ?? "");
  return word && word !== written ? word : undefined;
}
