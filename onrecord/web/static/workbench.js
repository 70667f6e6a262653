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
const isSearch = Boolean(document.getElementById("searched"));
const SETTLED = 500; // Milliseconds without a key until what was found is counted too.

if (find) {
  const glance = isSearch ? null : panel();
  let going = null;
  let settling = 0;

  const ask = async (typing) => {
    going?.abort();
    going = new AbortController();
    const words = new URLSearchParams(new FormData(find.form));
    const address = `/search?${words}`;
    try {
      const whole = typing ? `${address}&typing=1` : address;
      const answer = await fetch(whole, { headers: { accept: "text/html" }, signal: going.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fill(page, typing || glance ? "results" : "searched");
      tell(page);
      if (isSearch) history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  const fill = (page, part) => {
    const into = glance || document.getElementById(part);
    into.replaceChildren(...page.getElementById(part).childNodes);
    if (glance) glance.hidden = false;
  };

  const tell = (page) => {
    const heard = document.getElementById("heard");
    if (heard) heard.textContent = page.getElementById("heard").textContent;
  };

  const clear = () => {
    going?.abort();
    clearTimeout(settling);
    find.value = "";
    find.focus();
    if (glance) {
      glance.hidden = true;
      glance.replaceChildren();
    } else {
      ask(false);
    }
  };

  find.addEventListener("input", () => {
    clearTimeout(settling);
    if (!find.value.trim() && glance) {
      clear();
      return;
    }
    ask(true);
    if (isSearch) settling = setTimeout(() => ask(false), SETTLED);
  });

  // Escape clears; the arrows walk from the box through what was found, and back.
  document.addEventListener("keydown", (event) => {
    const found = glance || document.getElementById("results");
    const within = found.contains(event.target) || event.target === find;
    if (!within || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && (find.value || event.target !== find)) {
      event.preventDefault();
      clear();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (stepTo(found, event.target, step)) event.preventDefault();
    }
  });
}

function panel() {
  const made = document.createElement("div");
  made.id = "glance";
  made.hidden = true;
  const heard = document.createElement("p");
  heard.id = "heard";
  heard.className = "unseen";
  heard.setAttribute("role", "status");
  find.form.after(made, heard);
  return made;
}

function stepTo(found, from, step) {
  const links = [...found.querySelectorAll(".list a")];
  const at = links.indexOf(from);
  if (at < 0 && from !== find) return false;
  if (at + step < 0) {
    find.focus();
    return true;
  }
  links[Math.min(links.length - 1, at < 0 ? 0 : at + step)]?.focus();
  return step > 0 || at >= 0;
}

const facets = document.getElementById("facets");
if (facets && matchMedia("(max-width: 48rem)").matches) facets.open = false;

const asked = document.getElementById("asked");
if (asked && location.hash === "#asked") asked.scrollIntoView({ block: "center" });
