"use strict";
const rows = JSON.parse(document.getElementById("rows").textContent);
const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const folded = rows.map((row) => fold(row[1] + " " + row[2]));
const box = document.getElementById("words");
const list = document.getElementById("answers");
const told = document.getElementById("found");
const SHOWN = 100;
function around(words, wanted) {
  const at = Math.max(0, fold(words).indexOf(wanted) - 60);
  return (at ? "… " : "") + words.slice(at, at + 200) + (words.length > at + 200 ? " …" : "");
}
function search() {
  const wanted = fold(box.value).split(/\s+/).filter(Boolean);
  list.replaceChildren();
  if (!wanted.length) { told.textContent = ""; return; }
  let found = 0;
  for (let n = 0; n < rows.length; n += 1) {
    if (!wanted.every((word) => folded[n].includes(word))) continue;
    found += 1;
    if (found > SHOWN) continue;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = rows[n][0];
    link.textContent = rows[n][1];
    const beside = document.createElement("span");
    beside.className = "told";
    beside.textContent = " " + around(rows[n][2], wanted[0]);
    item.append(link, beside);
    list.append(item);
  }
  told.textContent = found > SHOWN ? `${SHOWN} of ${found} found` : `${found} found`;
}
box.addEventListener("input", search);
