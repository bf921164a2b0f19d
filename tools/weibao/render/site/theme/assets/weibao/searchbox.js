// The door of the site's search. The theme makes a worker as a page opens, which loads the texts of all pages;
// this stands in its place, answers to the same messages, and loads nothing before somebody goes to the
// search: then the search itself, and the texts in the language of the page. Those in another language come when
// nothing is found. Scripts and not requests, so that a site opened from a folder is searched as well.
(() => {
  "use strict";

  const READY = 1, QUERY = 2, RESULT = 3;
  const own = document.currentScript;
  const languages = own.dataset.wbLanguages.split(" ");

  const loaded = new Map();
  function load(address) {
    if (!loaded.has(address)) {
      loaded.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = new URL(address, own.src);
        script.addEventListener("load", done);
        script.addEventListener("error", () => {
          loaded.delete(address);
          failed(new Error(`${script.src} cannot be loaded`));
        });
        document.head.append(script);
      }));
    }
    return loaded.get(address);
  }

  async function texts(code) {
    await Promise.all([load("search.js"), load(`../../search/${code}.js`)]);
    self.weibaoSearch.readIn(code);
  }

  async function answer(query) {
    for (const code of languages) {
      await texts(code);
      const items = self.weibaoSearch.find(code, query);
      if (items.length) return items;
    }
    return [];
  }

  const TheirWorker = self.Worker;
  self.Worker = class extends EventTarget {
    #asked = 0;

    constructor(address, ...options) {
      if (!/\/search\.\w+\.min\.js$/.test(address)) return new TheirWorker(address, ...options);
      super();
      const ready = () => texts(languages[0]).then(() => this.#say(READY));
      const input = document.querySelector("input.md-search__input");
      if (document.activeElement === input) ready();
      input.addEventListener("focus", ready);
    }

    async postMessage({ type, data }) {
      if (type !== QUERY) return;
      const asked = this.#asked += 1;
      const items = await (data.trim() ? answer(data) : []); // never at once: the theme is not ready to hear it
      if (asked === this.#asked) this.#say(RESULT, { items });
    }

    #say(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
    }
  };
})();
