// The site's search, in the place of the theme's own (searchbox.js loads it). The theme's looks words up in
// an index: of Chinese, where no space parts the words, it cuts a query into pieces and finds every page
// that has one of them. This one looks for what was typed, as it is typed.
(() => {
  "use strict";

  const EXCERPT = 50;

  // By language, its pages and all of their words in one.
  const read = new Map();

  const plain = (html) => html
    .replace(/<[^>]+>/g, " ")
    .replace(/\u200b/g, "") // where a segmenter is installed, the theme's plugin puts it between words
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&")
    .replace(/\s+/g, " ").trim();
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  const squeezed = (words) => words.replace(/[-‐-―_./· \t\u3000]+/g, "");

  // Whose page an address is of: the id of a ticket, of equipment, of a site.
  const idOf = (address) => decodeURIComponent(address).match(/([^/]*?)(?:\.html|\/)?$/)[1].toLowerCase();

  // Pages with their sections: an address without "#" comes before those that have it. A page has the names of what
  // it is of: its id, its title and its first heading.
  function readIn(code) {
    if (read.has(code)) return read.get(code);
    const byAddress = new Map();
    for (const doc of self.weibaoTexts[code]) {
      const section = { doc, title: plain([doc.title, ...(doc.tags ?? [])].join(" ")), text: plain(doc.text) };
      section.lowTitle = section.title.toLowerCase();
      section.lowText = section.text.toLowerCase();
      const address = doc.location.split("#")[0];
      if (!byAddress.has(address)) byAddress.set(address, { id: idOf(address), sections: [], names: [squeezed(idOf(address))] });
      const page = byAddress.get(address);
      if (page.sections.push(section) <= 2) page.names.push(squeezed(section.lowTitle));
    }
    const pages = [...byAddress.values()];
    const whole = pages.flatMap((page) => page.sections.map((one) => `${one.lowTitle}\n${one.lowText}`)).join("\n");
    read.set(code, { pages, whole, ids: new Map(pages.map(({ id }) => [squeezed(id), id])) });
    return read.get(code);
  }

  // A piece in letters begins a word, and one in digits a number; a piece in Chinese may stand anywhere.
  function pieceOf(text) {
    const written = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const before = /^\p{Script=Latin}/u.test(text) ? "^|[^\\p{Script=Latin}]" : /^\p{Nd}/u.test(text) ? "^|\\P{Nd}" : "";
    const pattern = `(${before})(${written})`;
    return { text, found: new RegExp(pattern, "mu"), marking: new RegExp(pattern, "giu") };
  }
  const isIn = (piece, text) => text.includes(piece.text) && piece.found.test(text);

  // What a word is looked for as: itself, or where it stands nowhere the id that is written so without its hyphens,
  // or the longest pieces of it that do.
  function piecesOf(word, { whole, ids }) {
    const exists = (text) => isIn(pieceOf(text), whole);
    if (exists(word)) return [word];
    const pieces = [];
    for (const run of word.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)) {
      const letters = /\p{Script=Han}/u.test(run) ? [...run] : [ids.get(squeezed(run)) || run];
      for (let from = 0; from < letters.length;) {
        let to = from + 1;
        while (to < letters.length && exists(letters.slice(from, to + 1).join(""))) to += 1;
        pieces.push(letters.slice(from, to).join(""));
        from = to;
      }
    }
    return pieces;
  }

  const SURROUNDING = /^[\s,.;:!?()"'“”‘’、，。；：！？（）「」《》*+~^]+|[\s,.;:!?()"'“”‘’、，。；：！？（）「」《》*+~^]+$/g;
  const wordsOf = (query) => [...query.normalize("NFKC").toLowerCase().matchAll(/"([^"]+)"|[^\s"、，。；！？]+/g)]
    .map((found) => (found[1] ?? found[0]).replace(SURROUNDING, "").replace(/\s+/g, " "))
    .filter(Boolean);

  // How well a section answers a word: its pieces must all be in it; 0 if they are not.
  function weight(section, pieces) {
    let sum = 0;
    for (const piece of pieces) {
      if (isIn(piece, section.lowTitle)) sum += 10;
      else if (isIn(piece, section.lowText)) sum += 1;
      else return 0;
    }
    return sum / pieces.length;
  }

  // How far a page comes before others that have the words: first that of what is named, then those named with more.
  function lead({ id, names }, name, pieces) {
    if (names.includes(name) || pieces.some(({ text }) => text === id)) return Infinity;
    return names.some((own) => own.includes(name)) ? 100 : 0;
  }

  // The pages of a language that have every word, with the sections that have any.
  function find(code, query) {
    const { pages, ...known } = readIn(code);
    const asked = wordsOf(query);
    const words = asked.map((word) => piecesOf(word, known).map(pieceOf));
    if (!words.length) return [];
    const name = squeezed(asked.join(""));
    const hits = [];
    for (const page of pages) {
      const weights = page.sections.map((section) => words.map((pieces) => weight(section, pieces)));
      if (!words.every((_, word) => weights.some((of) => of[word] > 0))) continue;
      const scores = weights.map((of) => of.reduce((sum, one) => sum + one, 0));
      hits.push({ page, scores, best: lead(page, name, words.flat()) + Math.max(...scores) });
    }
    return hits.sort((a, b) => b.best - a.best || 0).map((hit) => itemsOf(hit, words.flat()));
  }

  function itemsOf({ page, scores }, pieces) {
    const terms = Object.fromEntries(pieces.map((piece) => [piece.text, true]));
    return page.sections
      .map((section, index) => ({
        ...section.doc,
        parent: undefined,
        title: marked(section.title, pieces),
        text: scores[index] > 0 ? `<p>${excerpt(section.text, pieces)}</p>` : "",
        score: scores[index],
        terms,
      }))
      .filter((item, index) => index === 0 || item.score > 0)
      .sort((a, b) => b.score - a.score);
  }

  // Where the pieces stand in a text, as spans in order that do not overlap.
  function spansOf(text, pieces) {
    let end = 0;
    return pieces
      .flatMap(({ marking }) => [...text.matchAll(marking)])
      .map((one) => [one.index + one[1].length, one.index + one[0].length])
      .sort((a, b) => a[0] - b[0] || b[1] - a[1])
      .filter(([from, to]) => from >= end && (end = to));
  }

  function marked(text, pieces) {
    let html = "", done = 0;
    for (const [from, to] of spansOf(text, pieces)) {
      html += `${escaped(text.slice(done, from))}<mark>${escaped(text.slice(from, to))}</mark>`;
      done = to;
    }
    return html + escaped(text.slice(done));
  }

  // What stands around the first two places in a text, cut at words.
  function excerpt(text, pieces) {
    const places = spansOf(text, pieces);
    const windows = [];
    for (const [from, to] of places.length ? places : [[0, EXCERPT]]) {
      const last = windows.at(-1);
      if (last && from - EXCERPT <= last[1]) continue;
      if (windows.length === 2) break;
      windows.push([Math.max(0, from - EXCERPT), to + EXCERPT]);
    }
    return windows.map(([from, to]) => {
      const begun = from > 0 ? text.slice(from, to).replace(/^[\p{Script=Latin}\d]+\s*/u, "") : text.slice(from, to);
      const cut = to < text.length ? begun.replace(/\s*[\p{Script=Latin}\d]+$/u, "") : begun;
      return `${from > 0 ? "…" : ""}${marked(cut, pieces)}${to < text.length ? "…" : ""}`;
    }).join(" ");
  }

  self.weibaoSearch = { readIn, find };
})();
