// The register: all tickets in one place, chosen by what is asked. The rows of each month are a script beside its
// page, loaded once something is asked of them; scripts and not requests, so that a site opened from a folder
// works as well. Without this script the page has the latest tickets and leads to the pages of the months.
(() => {
  "use strict";

  const form = document.querySelector("[data-wb-register]");
  const shown = Number(form.dataset.wbRegister);
  const months = [...document.querySelectorAll("[data-wb-month]")];
  const text = form.elements.text;
  const choices = [...form.querySelectorAll("select[name]")];
  const more = form.querySelector("details");
  const count = form.querySelector("[data-wb-count]");
  const none = document.querySelector("[data-wb-none]");
  const failed = document.querySelector("[data-wb-failed]");
  const refused = document.querySelector("[data-wb-refused]");
  const chips = new Map([...document.querySelectorAll("[data-wb-chip]")].map((chip) => [chip.dataset.wbChip, chip.content]));
  const called = (name, value) => names.get(name).get(value) ?? value;
  const names = new Map(choices.map((choice) => [choice.name, new Map([...choice.options].map((one) => [one.value, one.text]))]));
  const chipText = (chip) => chips.get(chip)?.textContent.replace(/\s+/g, " ").trim() ?? "";

  // ---- rows ----

  const loaded = new Map();

  function load(link) {
    const { wbMonth: month, wbRows: address } = link.dataset;
    if (!loaded.has(month)) {
      loaded.set(month, new Promise((done, failing) => {
        const script = document.createElement("script");
        script.src = address;
        script.addEventListener("load", () => done(self.weibaoRegister[month].map(rowOf)));
        script.addEventListener("error", () => {
          loaded.delete(month);
          failing(new Error(`${address} cannot be loaded`));
        });
        document.head.append(script);
      }));
    }
    return loaded.get(month);
  }

  function rowOf([id, title, at, planned, kind, severity, state, paused, outcome, missed, grade, asset, service, site, owner, span, approver, channel, until, reported, approverPlace, language]) {
    const facts = { asset, service, site, owner: [owner], kind: [kind], severity: [severity], state: [state], outcome: [outcome], grade: [grade], channel: [channel] };
    return { id, title, language, at, until, reported, planned, missed, owner: owner && called("owner", owner), span, approver, approverPlace, facts, stateChip: `state-${state}-${paused}` };
  }

  const folded = (words) => words.normalize("NFKC").toLowerCase();
  const squeezed = (words) => words.replace(/[-‐-―_./· \t\u3000]+/g, "");

  // All that is said of a row, as it is written and without what parts its words; facts stand on lines of their own.
  function saidOf(row) {
    if (!row.said) {
      const facts = Object.entries(row.facts).flatMap(([name, values]) => values.map((value) => called(name, value)));
      const said = folded([row.id, row.title, row.at, row.missed, row.approver, ...facts].join("\n"));
      row.said = `${said}\n${squeezed(said)}`;
    }
    return row.said;
  }

  const LONGEST = 40;
  const TIMES = ["from", "to", "week", "by"];

  // What a word is looked for as: itself, or where it stands nowhere the longest pieces of the phrase that do.
  function piecesOf(word, rows) {
    const exists = (piece) => rows.some((row) => saidOf(row).includes(piece));
    const whole = squeezed(word) || word;
    if (exists(word)) return [word];
    if (exists(whole) || whole.length > LONGEST) return [whole];
    const pieces = [];
    for (const run of whole.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)) {
      const letters = /\p{Script=Han}/u.test(run) ? [...run] : [run];
      for (let from = 0; from < letters.length;) {
        let to = letters.length;
        while (to > from + 1 && !exists(letters.slice(from, to).join(""))) to -= 1;
        if (to === from + 1 && letters.length > 1) return [whole]; // a single character proves nothing
        pieces.push(letters.slice(from, to).join(""));
        from = to;
      }
    }
    return pieces;
  }

  // The words that are asked for; a name that has a space in it is one of them, and means what is called so.
  const namesInWords = ["asset", "service", "site"].flatMap((name) => [...(names.get(name) ?? [])])
    .filter(([value]) => value)
    .map(([value, told]) => ({ told: folded(told), name: folded(told.replace(` (${value})`, "")) }))
    .filter(({ name }) => name.includes(" "))
    .sort((a, b) => b.name.length - a.name.length);

  function wordsOf(asked) {
    let left = folded(asked);
    const whole = [];
    for (const { told, name } of namesInWords) {
      const at = left.indexOf(name);
      if (at < 0 || /[\p{L}\p{N}]/u.test(left[at + name.length] ?? " ")) continue;
      whole.push(told);
      left = `${left.slice(0, at)} ${left.slice(at + name.length)}`;
    }
    return { whole, words: left.split(/\s+/).filter(Boolean) };
  }

  // The days that are asked for, as texts that are compared.
  function daysAsked() {
    const { from, to, week } = form.elements;
    const { wbFirst = "", wbLast = "" } = week.selectedOptions[0].dataset;
    return [
      [from.value, wbFirst].sort().at(-1),
      [to.value && `${to.value}-99`, wbLast].filter(Boolean).sort()[0] ?? "9999",
    ];
  }

  async function rowsAsked() {
    const [first, last] = daysAsked();
    const open = form.elements.by.value !== "report";
    const asked = months.filter(({ dataset: { wbMonth, wbSince, wbUntil } }) => first <= (open ? wbUntil : `${wbMonth}-99`) && (open ? wbSince : wbMonth) <= last);
    const rows = (await Promise.all(asked.map(load))).flat()
      .filter(({ at, until, reported }) => first <= (open ? until : reported) && (open ? at.slice(0, 10) : reported) <= last)
      .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)); // planned work lies with its report, and stands by its window
    const set = choices.filter((choice) => choice.value && !TIMES.includes(choice.name));
    const left = rows.filter(({ facts }) => set.every((choice) => facts[choice.name].includes(choice.value)));
    const typed = wordsOf(text.value);
    const words = [...typed.whole, ...typed.words.flatMap((word) => piecesOf(word, left))];
    return left.filter((row) => words.every((word) => saidOf(row).includes(word)));
  }

  // ---- tables ----

  function made(tag, className, ...inside) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...inside);
    return element;
  }

  const gone = new Set(JSON.parse(form.dataset.wbGone ?? "[]"));

  // A name as a link to its page; of people whose pages there are none, and of what is no longer listed, the name alone.
  function linkOf(words, pattern, place) {
    if (!words || !place || !pattern || gone.has(place)) return words || "—";
    const link = made("a", "", words);
    link.href = pattern.replace("{place}", () => encodeURIComponent(place));
    return link;
  }

  const ownerOf = (row) => linkOf(row.owner, form.dataset.wbPerson, /^(person|contact)-/.test(row.facts.owner[0]) ? row.facts.owner[0] : "");
  const assetsOf = (row) => row.facts.asset.flatMap((asset, place) => [...(place ? [" · "] : []), linkOf(asset, form.dataset.wbAsset, asset)]);
  const chipOf = (chip) => chips.get(chip)?.cloneNode(true) ?? "—";

  function timeOf(at) {
    const time = made("time", "", at);
    time.dateTime = at.replace(" ", "T");
    return time;
  }

  function verdictOf({ facts, missed }) {
    if (!facts.outcome[0]) return "—";
    const words = missed ? [made("span", "wb-muted", missed), " "] : [];
    return made("span", "wb-pair", chipOf(`outcome-${facts.outcome}`), " ", ...words, chipOf(`grade-${facts.grade}`));
  }

  const kindOf = (row) => called("kind", row.facts.kind[0]);
  const KINDS = {
    reactive: {
      id: "register",
      file: "tickets",
      cells: (row) => [kindOf(row), chipOf(`severity-${row.facts.severity}`), chipOf(row.stateChip), ownerOf(row), timeOf(row.at), verdictOf(row)],
      told: (row) => [
        kindOf(row), row.facts.severity[0] && called("severity", row.facts.severity[0]), chipText(row.stateChip), row.owner, row.at,
        row.facts.outcome[0] && called("outcome", row.facts.outcome[0]), row.facts.grade[0], row.missed,
      ],
    },
    planned: {
      id: "planned-register",
      file: "planned-work",
      cells: (row) => [kindOf(row), chipOf(row.stateChip), ownerOf(row), row.span || "—", linkOf(row.approver, form.dataset.wbPerson, row.approverPlace)],
      told: (row) => [kindOf(row), chipText(row.stateChip), row.owner, row.span, row.approver],
    },
  };

  const tables = Object.entries(KINDS).flatMap(([name, kind]) => {
    const element = document.getElementById(kind.id);
    if (!element) return [];
    const part = (what) => document.querySelector(`[data-wb-${what}="${name}"]`);
    const pattern = element.tBodies[0].rows[0];
    return [{ ...kind, name, element, pattern, cut: part("cut"), all: part("all"), number: part("number"), csv: part("csv"), rows: null, whole: false, key: "at", sign: -1 }];
  });

  function drawn({ pattern, cells }, row) {
    const line = pattern.cloneNode(true);
    const [head, ...others] = line.cells;
    const [link, id, assets] = [head.querySelector("a"), ...head.querySelectorAll("span")];
    link.setAttribute("href", pattern.querySelector("a").getAttribute("href").replace(pattern.dataset.id, row.id));
    link.textContent = row.title;
    link.lang = row.language;
    id.textContent = row.id;
    assets.replaceChildren(...assetsOf(row));
    line.dataset.id = row.id;
    cells(row).forEach((inside, place) => others[place].replaceChildren(inside));
    return line;
  }

  // By what a column is sorted: the place among what may be chosen, or the words; by time the rows are in order.
  function keyOf(row, key) {
    if (key === "id" || key === "owner" || key === "approver") return row[key];
    const order = [...names.get(key).keys()];
    const place = order.indexOf(row.facts[key][0]);
    return place > 0 ? place : order.length;
  }

  function sorted({ rows, key, sign }) {
    if (key === "at") return sign < 0 ? rows : [...rows].reverse();
    const keyed = rows.map((row) => [keyOf(row, key), row]);
    keyed.sort(([a], [b]) => sign * (a < b ? -1 : a > b ? 1 : 0));
    return keyed.map(([, row]) => row);
  }

  function draw(table, whole = table.whole) {
    const rows = sorted(table);
    table.element.tBodies[0].replaceChildren(...(whole ? rows : rows.slice(0, shown)).map((row) => drawn(table, row)));
    const cut = !whole && rows.length > shown;
    table.number.textContent = rows.length;
    table.cut.hidden = table.all.hidden = !cut;
    table.element.hidden = table.csv.hidden = !rows.length;
    table.element.dispatchEvent(new CustomEvent("wb-drawn", { bubbles: true }));
  }

  // ---- what is asked ----

  function say(numbers) {
    const total = numbers.reactive + numbers.planned;
    const places = { ...numbers, shown: total, total: count.dataset.wbTotal };
    count.textContent = count.dataset.wbCount.replace(/\{(\w+)\}/g, (_, place) => places[place]);
    none.hidden = total > 0;
  }

  let turn = 0;

  async function refresh() {
    const mine = turn += 1;
    try {
      const rows = await rowsAsked();
      if (mine !== turn) return;
      failed.hidden = true;
      const parted = { reactive: rows.filter((row) => !row.planned), planned: rows.filter((row) => row.planned) };
      for (const table of tables) {
        table.rows = parted[table.name];
        draw(table);
      }
      say({ reactive: parted.reactive.length, planned: parted.planned.length });
    } catch {
      failed.hidden = mine !== turn;
    }
  }

  function ask() {
    for (const table of tables) table.whole = false;
    return refresh();
  }

  // ---- the address ----

  const controls = [...choices, text];
  let typing = false;

  const labelOf = (name) => controls.find((control) => control.name === name)?.labels[0].firstChild.textContent ?? name;

  // Whether a control can ask for a value: a choice for what it offers, and for a week by the word that other pages say.
  function put(control, value) {
    if (control === text) {
      control.value = value;
      return true;
    }
    const known = [...control.options].find(({ value: own, dataset }) => [own, dataset.wbCalled].some((one) => one?.toLowerCase() === value.toLowerCase()));
    (known ?? control.options[0]).selected = true;
    return known !== undefined;
  }

  // What an address asks for that nobody knows is told, and left out. One that only names a part of the page asks nothing.
  function fromAddress() {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return false;
    for (const control of controls) put(control, "");
    const unset = new Map(controls.map((control) => [control.name, control]));
    const unknown = [...new URLSearchParams(hash)].filter(([name, value]) => {
      const control = unset.get(name);
      unset.delete(name);
      return !control || !put(control, value);
    });
    refused.textContent = refused.dataset.wbRefused.replace("{asked}", () => unknown.map(([name, value]) => `${labelOf(name)} “${value}”`).join(" · "));
    refused.hidden = !unknown.length;
    if ([...more.querySelectorAll("select[name]")].some((choice) => choice.value)) more.open = true;
    return true;
  }

  // Each choice is a step to go back to; the letters of one search are one.
  function toAddress(target) {
    const asked = new URLSearchParams(controls.filter((control) => control.value).map((control) => [control.name, control.value]));
    const hash = String(asked);
    if (hash === location.hash.slice(1)) return;
    const step = typing && target === text ? "replaceState" : "pushState";
    typing = target === text;
    history[step](null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  function back() {
    const before = controls.map((control) => control.value).join("\n");
    typing = false;
    if (fromAddress() && before !== controls.map((control) => control.value).join("\n")) ask();
  }

  // ---- the file ----

  const FORMULA = /^ *[=+\-@＝＋－＠]/;

  // As the commands write a cell: line by line, what is not seen made visible, and no formula.
  function cell(words) {
    const told = words.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (sign) => {
      const code = sign.codePointAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
    });
    const harmless = FORMULA.test(told) ? `'${told}` : told;
    return /[",\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
  }

  function save(table) {
    const rows = sorted(table).map((row) => [row.id, row.title, row.facts.asset.join(" · "), ...table.told(row)]);
    const lines = [JSON.parse(table.csv.dataset.wbColumns), ...rows].map((row) => `${row.map(cell).join(",")}\n`);
    const address = URL.createObjectURL(new Blob(["\ufeff", ...lines], { type: "text/csv;charset=utf-8" }));
    const link = made("a", "");
    link.href = address;
    link.download = `${table.file}-${form.dataset.wbAsOfDay}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  // ---- begin ----

  for (const table of tables) {
    table.element.wbSort = (key, direction) => {
      table.key = key;
      table.sign = direction === "descending" ? -1 : 1;
      return table.rows ? draw(table) : refresh();
    };
    table.all.addEventListener("click", async () => {
      table.whole = true;
      await (table.rows ? draw(table) : refresh());
      table.element.tBodies[0].rows[shown]?.querySelector("a").focus(); // the first of those that came
    });
    table.csv.addEventListener("click", async () => {
      if (!table.rows) await refresh();
      if (table.rows) save(table);
    });
    table.all.hidden = table.cut.hidden;
    table.csv.hidden = false;
  }
  form.addEventListener("input", ({ target }) => {
    if (!target.name) return;
    refused.hidden = true;
    toAddress(target);
    ask();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    refused.hidden = true;
    toAddress(form);
    ask();
    text.focus();
  }));
  addEventListener("popstate", back);
  addEventListener("hashchange", back);
  addEventListener("beforeprint", () => tables.filter((table) => table.rows).forEach((table) => draw(table, true)));
  addEventListener("afterprint", () => tables.filter((table) => table.rows).forEach((table) => draw(table)));

  form.hidden = false;
  say({ reactive: Number(count.dataset.wbReactive), planned: Number(count.dataset.wbPlanned) });
  fromAddress();
  if (controls.some((control) => control.value)) refresh();
})();
