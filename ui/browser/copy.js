// A button that copies a text; with `shown` the text stands beside it. The text is only ever put in as text.
const LASTS = 2000;

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".copy");
  const button = root.querySelector("button");
  root.dir = data.direction;
  root.querySelector(".text").textContent = data.shown ? data.text : "";
  root.querySelector(".name").textContent = data.label;
  root.classList.toggle("shown", data.shown);
  button.onclick = async () => {
    await copy(data.text, root);
    root.classList.add("done");
    root.querySelector(".name").textContent = data.done;
    setTimeout(() => {
      root.classList.remove("done");
      root.querySelector(".name").textContent = data.label;
    }, LASTS);
  };
}

// Browsers keep the clipboard from pages that come without TLS from another machine; there the older way still works.
async function copy(text, root) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  root.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
