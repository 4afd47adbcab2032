// Keeps the page up with the ledger: asks every second how far it has come, and takes <main> anew
// where it has moved on. A form that somebody is filling in stays as it is, words and place of the
// cursor included, as long as the page still has it.
"use strict";
const typedIn = new WeakSet();
document.addEventListener("input", (event) => typedIn.add(event.target.form));

// What a form is about: where it goes and with what, but for its key, which is new each time.
function aboutOf(form) {
  const hidden = [...form.querySelectorAll("input[type=hidden]:not([name=key])")];
  return [form.action, ...hidden.map((field) => field.name + "=" + field.value)].join(" ");
}

function putInPlace(fresh) {
  const focused = document.activeElement;
  const kept = new Map();
  for (const form of document.querySelectorAll("main form")) {
    if (typedIn.has(form) || form.contains(focused)) kept.set(aboutOf(form), form);
  }
  for (const form of fresh.querySelectorAll("form")) {
    const old = kept.get(aboutOf(form));
    if (old) form.replaceWith(old);
  }
  document.querySelector("main").replaceWith(fresh);
  if (document.contains(focused)) focused.focus();
}

async function renew() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  putInPlace(document.adoptNode(page.querySelector("main")));
}

let seen = "";
async function look() {
  const answer = await fetch("/sequence");
  if (!answer.ok) return;
  const sequence = await answer.text();
  if (sequence !== seen) await renew();
  seen = sequence;
}

async function keepUp() {
  // The program may be away for a moment; the next look finds it back.
  try { await look(); } catch { /* not there */ }
  setTimeout(keepUp, 1000);
}
// What a form answered stands at the form's address, where there is no page to be taken anew.
if (!document.querySelector("main .still")) keepUp();
