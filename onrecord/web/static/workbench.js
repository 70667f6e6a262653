// The keyboard and results while typing. Every page works without this.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
    return;
  }
  if (event.key === "j" || event.key === "k") {
    walk(event.key === "j" ? 1 : -1);
    return;
  }
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

function walk(step) {
  const links = [...document.querySelectorAll(".list > li > a, .list > li > p > a")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
  links[Math.max(0, Math.min(links.length - 1, next))].focus();
}

const find = document.getElementById("find");
const results = document.getElementById("results");
if (find && results) {
  let asked = 0;
  find.addEventListener("input", async () => {
    const turn = ++asked;
    const address = `/search?q=${encodeURIComponent(find.value)}`;
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    results.replaceChildren(...page.getElementById("results").childNodes);
    history.replaceState(null, "", address);
  });
}

const asked = document.getElementById("asked");
if (asked && location.hash === "#asked") asked.scrollIntoView({ block: "center" });
