// The document page: walking what is said, deciding with keys, marking words. It works without.
"use strict";

(() => {
  const text = document.querySelector(".doc .text");
  const cards = [...document.querySelectorAll(".told")];
  let current = null;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const pieces = (id) => [...text.querySelectorAll(`[data-claims~="${CSS.escape(id)}"]`)];
  const inSight = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0.15 * innerHeight && bottom <= 0.9 * innerHeight;
  };

  function choose(card, { focus = true } = {}) {
    if (current) {
      current.classList.remove("here");
      pieces(current.dataset.claim).forEach((piece) => piece.classList.remove("m-here"));
    }
    current = card;
    card.classList.add("here");
    const marked = pieces(card.dataset.claim);
    marked.forEach((piece) => piece.classList.add("m-here"));
    const first = document.getElementById(`in-${card.dataset.claim}`) || marked[0];
    if (first && first.offsetParent && !inSight(first)) first.scrollIntoView({ block: "center" });
    if (focus) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  // A link from the text leads to what is said there; one from there leads back to the text.
  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches(".told")) choose(target);
    else if (target.closest(".text") && target.matches("a")) target.focus();
  }
  addEventListener("hashchange", follow);

  function walk(step) {
    if (!cards.length) return;
    const at = cards.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : cards.length - 1) : at + step;
    const card = cards[Math.max(0, Math.min(cards.length - 1, next))];
    const pane = card.closest("section");
    // In a narrow window one pane is in sight at a time: the address says which.
    if (!card.offsetParent && pane) location.hash = card.id;
    choose(card);
  }

  const KEYS = { j: () => walk(1), k: () => walk(-1) };
  addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (KEYS[event.key]) {
        event.preventDefault();
        event.stopImmediatePropagation();
        KEYS[event.key]();
        return;
      }
      if (!current) return;
      if (event.key === "Enter" && document.activeElement === current) {
        event.preventDefault();
        location.hash = `in-${current.dataset.claim}`;
        return;
      }
      const control = current.querySelector(`[data-decide="${CSS.escape(event.key)}"]`);
      if (!control) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      control.click();
      if (control.matches("summary")) {
        control.parentElement.querySelector("input, select, button")?.focus();
      }
    },
    { capture: true },
  );

  if (text) {
    text.addEventListener("click", (event) => {
      const piece = event.target.closest("a[data-claims]");
      const href = piece?.getAttribute("href");
      // The same address twice is no change of it.
      if (href?.startsWith("#") && href === location.hash) follow();
    });
    const asked = document.querySelector(".told.here");
    if (location.hash.length > 1) follow();
    else if (asked) choose(asked, { focus: false });
  }

  // Words that are selected, as places in the document's text, in code points.
  const points = (words) => [...words].length;

  function placesOf(range) {
    let start = null;
    let end = null;
    for (const paragraph of text.querySelectorAll("[data-at]")) {
      if (!range.intersectsNode(paragraph)) continue;
      let at = Number(paragraph.dataset.at);
      const nodes = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        if (node.parentElement.closest("[data-aside]")) continue;
        const strange = node.parentElement.closest("[data-to]");
        const after = strange ? Number(strange.dataset.to) : at + points(node.data);
        if (range.intersectsNode(node)) {
          const from = node === range.startContainer ? range.startOffset : 0;
          const to = node === range.endContainer ? range.endOffset : node.length;
          if (from < to) {
            start ??= strange ? at : at + points(node.data.slice(0, from));
            end = strange ? after : at + points(node.data.slice(0, to));
          }
        }
        at = after;
      }
    }
    return start === null ? null : [start, end];
  }

  const bar = document.getElementById("marking");
  const adding = document.getElementById("mark");
  if (!text || !bar || !adding) return;

  let chosen = null;
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const inside = range && !range.collapsed && text.contains(range.commonAncestorContainer);
    chosen = inside ? placesOf(range) : null;
    bar.hidden = !chosen;
    if (!chosen) return;
    const box = range.getBoundingClientRect();
    const left = Math.max(8, Math.min(innerWidth - bar.offsetWidth - 8, box.left));
    bar.style.left = `${left + scrollX}px`;
    bar.style.top = `${box.bottom + scrollY + 6}px`;
  });
  // The selection must stay while a button of the bar is pressed.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const what = event.target.closest("button")?.value;
    if (!what || !chosen) return;
    const [start, end] = chosen;
    adding.querySelector(".selected").textContent = getSelection().toString().trim();
    adding.hidden = false;
    for (let part = adding; part; part = part.parentElement.closest("details")) part.open = true;
    for (const form of adding.querySelectorAll("form")) {
      form.elements.start.value = start;
      form.elements.end.value = end;
      form.elements.back.value = `${location.pathname}?start=${start}&end=${end}#asked`;
    }
    const one = adding.querySelector(`[data-what="${what}"]`);
    one.open = true;
    bar.hidden = true;
    (one.querySelector("select, input:not([type=hidden])") || one.firstElementChild).focus();
    one.scrollIntoView({ block: "center" });
  });
})();
