// The one script of our own. Every action works without it as a plain form or link; with it, parts
// of the page that the server renders are swapped instead of the whole page.
"use strict";

const POLL_MS = 4000;

// --- Parts: a link or form with data-swap loads its page and takes over the parts marked data-part.

function fields(form, submitter) {
  return new URLSearchParams(new FormData(form, submitter));
}

async function load(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { "X-Requested-With": "fetch" } });
  const type = answer.headers.get("Content-Type") || "";
  if (!type.startsWith("text/html")) throw new Error("not a page");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { page, url: answer.url };
}

function swap(page) {
  const parts = [...document.querySelectorAll("[data-part]")].filter(
    (part) => !part.parentElement.closest("[data-part]"),
  );
  const pairs = parts.map((part) => [part, page.getElementById(part.id)]);
  if (pairs.some(([, fresh]) => !fresh)) return false;
  for (const [part, fresh] of pairs) {
    const scrolled = part.scrollTop;
    part.replaceWith(document.adoptNode(fresh));
    fresh.scrollTop = "keepScroll" in fresh.dataset ? scrolled : 0;
    enhance(fresh);
  }
  document.title = page.title;
  return true;
}

async function go(url, options, { remember = true, focus = true } = {}) {
  try {
    const loaded = await load(url, options);
    if (!swap(loaded.page)) return location.assign(loaded.url);
    if (remember) history.pushState(null, "", loaded.url);
    const heading = document.querySelector("[data-focus]");
    if (!focus) return;
    if (heading) heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  } catch {
    location.assign(options?.method === "POST" ? location.href : url);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap], [data-swap-links] a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});

// A step is sent once: the second half of a double click would act on what the first one brought
// under the pointer.
let sending = false;

async function send(action, body) {
  if (sending) return;
  sending = true;
  await go(action, { method: "POST", body });
  sending = false;
}

document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("form[data-swap] button")) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  clearTimeout(leaving);
  if (!("swap" in form.dataset)) return;
  event.preventDefault();
  const data = fields(form, event.submitter);
  const action = event.submitter?.getAttribute("formaction") || form.action;
  if (form.method === "post") return send(action, data);
  go(`${action}?${data}`);
});

addEventListener("popstate", () => go(location.href, {}, { remember: false }));

// --- The draft: its mirror marks what the checker found, which the server says while one types.

const waiting = new WeakMap();

function mirror(editor) {
  const glass = document.getElementById(editor.dataset.mirror);
  if (glass) glass.textContent = editor.value + "\n";
}

async function check(editor) {
  const asked = editor.value;
  const body = fields(editor.form);
  try {
    const { page } = await load(editor.dataset.check, { method: "POST", body });
    if (editor.value !== asked || !editor.isConnected) return;
    for (const id of [editor.dataset.mirror, editor.dataset.notes, "in-the-way", "said"]) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
    }
  } catch {
    // Offline for a moment: the text stays in the editor, the next stroke asks again.
  }
}

function keep(editor) {
  if (editor.value === editor.defaultValue || !editor.dataset.keep) return;
  editor.defaultValue = editor.value;
  const body = fields(editor.form);
  fetch(editor.dataset.keep, { method: "POST", body, keepalive: true }).catch(() => {});
}

document.addEventListener("input", (event) => {
  const editor = event.target.closest("textarea[data-mirror]");
  if (!editor) return;
  mirror(editor);
  clearTimeout(waiting.get(editor));
  waiting.set(editor, setTimeout(() => check(editor), 350));
});

// Kept when one looks elsewhere, unless the form itself is sent, which carries the text.
let leaving;

document.addEventListener("focusout", (event) => {
  if (!event.target.matches?.("textarea[data-keep]")) return;
  leaving = setTimeout(() => keep(event.target), 250);
});

addEventListener("pagehide", () => {
  const editor = document.querySelector("textarea[data-keep]");
  if (editor) keep(editor);
});

// --- A form with data-show: while one chooses, the server shows what would come of it.

const showing = new WeakMap();

async function show(form) {
  const body = fields(form);
  body.set("show", "1");
  try {
    const { page } = await load(location.href, { method: "POST", body });
    const fresh = page.getElementById(form.dataset.show);
    if (fresh && String(fields(form)) + "&show=1" === String(body)) {
      document.getElementById(form.dataset.show)?.replaceWith(document.adoptNode(fresh));
    }
  } catch {
    // Offline for a moment: the next choice asks again.
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.form || !("show" in target.form.dataset)) return;
  clearTimeout(showing.get(target.form));
  showing.set(target.form, setTimeout(show, 350, target.form));
});

// --- What moves by itself is asked for again, as long as the server says that it moves.

function isWriting() {
  const editor = document.querySelector("textarea");
  return editor && (editor.value !== editor.defaultValue || editor === document.activeElement);
}

async function poll(element) {
  if (!element.isConnected) return;
  try {
    const { page } = await load(element.dataset.poll);
    const fresh = page.getElementById(element.id);
    if (!fresh || !element.isConnected) return;
    element.replaceWith(document.adoptNode(fresh));
    enhance(fresh);
    if (!("poll" in fresh.dataset) && !isWriting()) {
      go(location.href, {}, { remember: false, focus: false });
    }
  } catch {
    setTimeout(poll, POLL_MS, element);
  }
}

// --- Small helps.

// Over plain http browsers have no clipboard API; there the older command still copies a selection.
async function copy(from) {
  try {
    await navigator.clipboard.writeText(from.value ?? from.textContent);
    return true;
  } catch {
    if (from.select) from.select();
    else getSelection().selectAllChildren(from);
    return document.execCommand("copy");
  }
}

const helps = {
  // Offer the browser's own time zone where one is asked for.
  "[data-timezone]": (field) => {
    field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
  },
  // What only a script can do says so only here: "Open Yelp" becomes "Copy and open Yelp".
  "[data-copy]": (button) => {
    if (button.dataset.label) button.textContent = button.dataset.label;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const copied = await copy(document.getElementById(button.dataset.copy));
      if (!copied) button.textContent = "Select and copy the text";
      else if (button.dataset.copied) button.textContent = button.dataset.copied;
    });
  },
  "[data-poll]": (element) => setTimeout(poll, POLL_MS, element),
  // A choice that acts when it is made; without the script its own button does.
  "select[data-at-once]": (select) => {
    select.addEventListener("change", () => select.form.requestSubmit());
    const button = select.form.querySelector("[data-at-once-button]");
    if (button) button.hidden = true;
  },
};

function enhance(root) {
  for (const [selector, help] of Object.entries(helps)) {
    if (root.matches?.(selector)) help(root);
    for (const element of root.querySelectorAll(selector)) help(element);
  }
}

enhance(document);
