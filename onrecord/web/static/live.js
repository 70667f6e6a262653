// A page of work that goes on shows how far it has come, until it ends. Without this it reloads.
"use strict";

const EVERY = 1000;

async function look() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("live");
  const shown = document.getElementById("live");
  if (!now || !shown) return;
  shown.replaceChildren(...now.childNodes);
  if (now.hasAttribute("data-going")) setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
