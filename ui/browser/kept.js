// What a reader makes here (a note, the state of the flashcards), kept by the tab as text as long as it is open. Nothing is run or drawn.
const PREFIX = "khartoum:kept:";

export default function ({ data, setStateValue }) {
  const name = PREFIX + data.name;
  try {
    const held = sessionStorage.getItem(name);
    if (data.text) {
      if (held !== data.text) sessionStorage.setItem(name, data.text);
    } else if (!data.fresh) sessionStorage.removeItem(name);
    else if (held) setStateValue("held", held);
  } catch (error) {
    // A browser may forbid storage, or its room be used up: what was made then lasts until the next reload.
    if (!(error instanceof DOMException)) throw error;
  }
}
