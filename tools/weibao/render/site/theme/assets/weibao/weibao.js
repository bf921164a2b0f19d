// Sorting and filtering of tables, and what follows the reader's clock. Without this script every table is
// readable. Nothing is loaded, stored or sent.
(() => {
  "use strict";

  const keyOf = (row, key, numeric) => {
    const value = row.dataset[key] ?? "";
    return numeric ? Number(value) : value;
  };

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  function sortRows(table, { wbKey: key, wbType: type }, direction) {
    const sign = direction === "descending" ? -1 : 1;
    const body = table.tBodies[0];
    const rows = [...body.rows];
    rows.sort((one, other) =>
      sign * compare(keyOf(one, key, type === "number"), keyOf(other, key, type === "number"))
      || compare(one.dataset.id, other.dataset.id));
    body.append(...rows);
  }

  // A table whose rows are not all in the page (register.js) sorts them itself.
  function sortBy(table, heading, direction) {
    if (table.wbSort) table.wbSort(heading.dataset.wbKey, direction);
    else sortRows(table, heading.dataset, direction);
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", direction);
    table.dispatchEvent(new CustomEvent("wb-sorted"));
  }

  function makeSortable(table) {
    for (const heading of table.tHead.rows[0].querySelectorAll("[data-wb-key]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const up = heading.getAttribute("aria-sort") === "ascending";
        sortBy(table, heading, up ? "descending" : "ascending");
      });
    }
  }

  function fillSortChoice(choice, table) {
    const headings = [...table.tHead.rows[0].querySelectorAll("[data-wb-key]")];
    for (const heading of headings) {
      for (const [direction, arrow] of [["ascending", "↑"], ["descending", "↓"]]) {
        choice.add(new Option(`${heading.textContent.trim()} ${arrow}`, `${heading.dataset.wbKey}:${direction}`));
      }
    }
    const show = () => {
      const sorted = headings.find((heading) => heading.hasAttribute("aria-sort"));
      if (sorted) choice.value = `${sorted.dataset.wbKey}:${sorted.getAttribute("aria-sort")}`;
    };
    choice.addEventListener("change", () => {
      const [key, direction] = choice.value.split(":");
      sortBy(table, headings.find((heading) => heading.dataset.wbKey === key), direction);
    });
    table.addEventListener("wb-sorted", show);
    choice.form.addEventListener("reset", () => setTimeout(show));
    show();
  }

  function makeFilter(form) {
    const table = document.getElementById(form.dataset.wbFilter);
    const rows = [...table.tBodies[0].rows];
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const none = document.querySelector(`[data-wb-none="${form.dataset.wbFilter}"]`);
    const count = form.querySelector("[data-wb-count]");
    const choices = [...form.querySelectorAll("select:not([data-wb-sort])")];
    const text = form.querySelector("input[name=text]");

    const apply = () => {
      const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const keep = choices.every((one) => !one.value || (row.dataset[one.name] ?? "").split(" ").includes(one.value))
          && words.every((word) => texts.get(row).includes(word));
        row.hidden = !keep;
        shown += keep;
      }
      none.hidden = shown > 0;
      count.textContent = count.dataset.wbCount.replace("{shown}", shown).replace("{total}", rows.length);
    };

    // What the address asks for, and nothing else; one that only names a part of the page asks nothing.
    const fromAddress = () => {
      const asked = new URLSearchParams(location.hash.slice(1));
      const controls = [...choices, text];
      if (!controls.some((one) => asked.get(one.name))) return false;
      for (const one of controls) one.value = asked.get(one.name) ?? "";
      return true;
    };

    const follow = () => {
      if (!fromAddress()) return;
      apply();
      form.scrollIntoView();
    };

    const toAddress = () => {
      const asked = new URLSearchParams();
      for (const one of [...choices, text]) if (one.value) asked.set(one.name, one.value);
      const hash = asked.toString();
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    };

    form.addEventListener("input", () => {
      apply();
      toAddress();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => {
      apply();
      toAddress();
    }));
    form.hidden = false;
    apply();
    follow();
    addEventListener("hashchange", follow);
  }

  const ageOf = (line, seconds) => {
    const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
    const { wbMinutes, wbHours, wbDays } = line.dataset;
    return (hours < 1 ? wbMinutes : days < 1 ? wbHours : wbDays)
      .replace("{minutes}", minutes).replace("{days}", days).replace("{hours}", hours - 24 * days);
  };

  const statesHere = () =>
    new Map([...document.querySelectorAll("[data-wb-of]")].map((one) => [one.dataset.wbOf, one]));

  // What is of now by its nature; what is over stays so.
  const OF_NOW = [
    "[class*='wb-state--']:not(.wb-state--closed, .wb-state--cancelled, .wb-state--completed, .wb-state--confirmed, .wb-state--paused, .wb-state--emergency)",
    "[data-wb-now]", ".wb-round:not(.wb-round--done, .wb-round--done_late)", ".wb-chip--running", ".wb-chip--at_risk",
  ].join();

  // On a stale page that has no editions: that how it is now is unknown stands before each state.
  function doubt(page, stale, words) {
    for (const said of page.querySelectorAll(".wb-doubt")) said.remove();
    if (!stale) return;
    for (const state of page.querySelectorAll(OF_NOW)) {
      if (state.closest("[data-wb-live]")) continue;
      const said = document.createElement("span");
      said.className = "wb-doubt";
      said.textContent = words;
      state.before(said);
    }
  }

  // What follows the reader's clock. Every edition of it is in the page; the last that has come is shown.
  function followClock(line) {
    const page = line.closest(".wb-page");
    const fresh = line.textContent;
    const asOf = Number(line.dataset.wbAsOf);
    const parts = [...document.querySelectorAll("[data-wb-live]")].map((part) => {
      const place = part.firstElementChild;
      const first = document.createElement("template");
      first.content.append(...[...place.childNodes].map((node) => node.cloneNode(true)));
      return { place, first, shown: first, later: [...part.querySelectorAll(":scope > template")].reverse() };
    });

    const show = (part, edition) => {
      const { activeElement: focused } = document;
      const href = part.place.contains(focused) && focused.getAttribute("href");
      part.place.replaceChildren(edition.content.cloneNode(true));
      part.shown = edition;
      if (href) part.place.querySelector(`[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
    };

    const follow = () => {
      const now = Date.now() / 1000;
      const before = new Map([...statesHere()].map(([key, one]) => [key, one.dataset.wbState]));
      for (const part of parts) {
        const edition = part.later.find((one) => Number(one.dataset.wbAt) <= now) ?? part.first;
        if (edition !== part.shown) show(part, edition);
      }
      const stale = now > Number(line.dataset.wbUntil);
      if (page.classList.contains("wb-stale") !== stale) doubt(page, stale, line.dataset.wbDoubt);
      page.classList.toggle("wb-stale", stale);
      const told = stale ? line.dataset.wbStale.replace("{age}", ageOf(line, now - asOf)) : fresh;
      if (line.textContent !== told) line.textContent = told;
      // Who hears the page is told of states that changed, and of nothing else.
      const heard = [...statesHere()]
        .filter(([key, one]) => before.get(key) !== one.dataset.wbState)
        .map(([, one]) => one.querySelector("[data-wb-heard]")?.textContent.trim());
      const place = document.querySelector("[data-wb-heard-here]");
      if (place && heard.length) place.textContent = heard.filter(Boolean).join(" · ");
    };

    follow();
    setInterval(follow, 60000);
    page.addEventListener("wb-drawn", () => doubt(page, page.classList.contains("wb-stale"), line.dataset.wbDoubt));
    document.addEventListener("visibilitychange", follow);
    addEventListener("pageshow", follow);
  }

  // On paper every table is whole: what is folded away is opened.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details:not([open])")) folded.open = true;
    for (const picture of document.querySelectorAll("img[loading=lazy]")) picture.loading = "eager";
  });

  // The part or month that an address names is opened.
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1)); // our own have ids in ASCII
    for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  };
  addEventListener("hashchange", openTarget);

  // The same page in another language is asked the same. A link may be opened elsewhere, so that it is told before the click.
  for (const event of ["mousedown", "click"]) {
    document.addEventListener(event, ({ target }) => {
      const other = target.closest?.("a.wb-strip__language");
      if (other) other.hash = location.hash;
    });
  }

  // A bar of a strip leads to its day, as the list of troubled days below it does.
  function makeStrip(thing) {
    const strip = thing.querySelector(".wb-days");
    const days = Number(strip?.getAttribute("viewBox").split(" ")[2]);
    strip?.addEventListener("click", (event) => {
      const { left, width } = strip.getBoundingClientRect();
      const day = new Date(`${thing.dataset.wbFirstDay}T00:00:00Z`);
      day.setUTCDate(day.getUTCDate() + Math.floor((event.clientX - left) / width * days));
      thing.querySelector(`a[data-wb-day="${day.toISOString().slice(0, 10)}"]`)?.click();
    });
  }

  // The theme's search waits for a key; what is pasted, spoken or written by hand comes without one.
  const search = document.querySelector("input.md-search__input");
  const searchNow = (event) => event.isComposing || search.dispatchEvent(new KeyboardEvent("keyup"));
  for (const written of ["input", "compositionend"]) search?.addEventListener(written, searchNow);

  for (const table of document.querySelectorAll("[data-wb-sortable]")) makeSortable(table);
  for (const form of document.querySelectorAll("[data-wb-filter]")) makeFilter(form);
  for (const choice of document.querySelectorAll("[data-wb-sort]")) fillSortChoice(choice, document.getElementById(choice.dataset.wbSort));
  for (const line of document.querySelectorAll("[data-wb-as-of]")) followClock(line);
  for (const thing of document.querySelectorAll("[data-wb-first-day]")) makeStrip(thing);
  openTarget();
})();
