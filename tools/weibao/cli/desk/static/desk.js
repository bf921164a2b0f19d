"use strict";
// What is typed is kept in this browser until it is recorded; photographs may be dropped; lists are
// narrowed by typing. Without this script every form works all the same.

const clone = document.body.dataset.clone;
const draftKey = (form) => `weibao-desk:${clone}:${form}`;

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    return null;
  }
}

function typedIn(form) {
  return [...form.elements].filter((line) => line.name && !["hidden", "file", "submit"].includes(line.type));
}

function draftOf(form) {
  return typedIn(form)
    .filter((line) => line.type !== "checkbox" || line.checked)
    .map((line) => [line.name, line.type, line.value]);
}

function fill(form, draft) {
  for (const line of typedIn(form)) {
    if (line.type === "checkbox") {
      line.checked = draft.some(([name, type, value]) => name === line.name && type === line.type && value === line.value);
    } else {
      const found = draft.find(([name, type]) => name === line.name && type === line.type);
      if (found) line.value = found[2];
    }
  }
}

function keepDrafts(form) {
  const kind = form.elements.kind ? `:${form.elements.kind.value}` : "";
  const key = draftKey(form.dataset.keeps + kind);
  const empty = draftOf(form);
  const draft = stored(key);
  const notice = document.querySelector("[data-draft]");
  if (draft && "fresh" in form.dataset && JSON.stringify(draft) !== JSON.stringify(empty)) {
    fill(form, draft);
    notice.hidden = false;
    notice.querySelector("[data-discard]").addEventListener("click", () => {
      localStorage.removeItem(key);
      fill(form, empty);
      notice.hidden = true;
      form.querySelector("button[type=submit]").focus();
    });
  }
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(draftOf(form)));
    } catch {
      // a browser that keeps nothing: the form still works
    }
  };
  form.addEventListener("input", keep);
  if (!("fresh" in form.dataset)) keep();
}

for (const form of document.querySelectorAll("form[data-keeps]")) keepDrafts(form);

const recorded = document.querySelector("[data-recorded]");
if (recorded) {
  const key = draftKey(recorded.dataset.recorded);
  for (const name of Object.keys(localStorage)) {
    if (name === key || name.startsWith(`${key}:`)) localStorage.removeItem(name);
  }
}

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    const button = form.querySelector("button[type=submit]");
    if (button?.getAttribute("aria-busy") === "true") event.preventDefault();
    button?.setAttribute("aria-busy", "true");
  });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = document.getElementById(zone.dataset.drop);
  const told = zone.querySelector("[data-dropped]");
  const tell = () => {
    const files = [...input.files];
    const large = files.some((file) => file.size > Number(input.dataset.limit));
    told.textContent = large ? input.dataset.tooLarge : files.map((file) => file.name).join(" · ");
    told.classList.toggle("fault", large);
    if (large) input.value = "";
  };
  input.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
    tell();
  });
}

for (const search of document.querySelectorAll("[data-narrows]")) {
  const list = document.getElementById(search.dataset.narrows);
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const row of list.children) {
      const text = `${row.textContent} ${row.dataset.also || ""}`.toLowerCase();
      row.hidden = !text.includes(wanted);
    }
  });
}

const wrong = document.querySelector("[aria-invalid]");
if (wrong) (wrong.matches("fieldset") ? wrong.querySelector("input") : wrong).focus();

const pulse = document.querySelector("[data-pulse]");
if (pulse) {
  setInterval(async () => {
    const gone = pulse.querySelector("[data-gone]");
    const moved = pulse.querySelector("[data-moved]");
    try {
      const answer = await fetch(pulse.dataset.pulse);
      gone.hidden = answer.ok;
      if (answer.ok) moved.hidden = (await answer.json()).commit === pulse.dataset.commit;
    } catch {
      gone.hidden = false;
    }
  }, 15000);
}
