// Notes on a phone: the text for the group chat, the line of the log, the addresses of the forge. Nothing is loaded or sent;
// who notes is kept on the phone. The block is that of weibao/model/note_block.py; a test holds the two to each other.
(() => {
  "use strict";

  const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const LOOK_ALIKE = [[/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)],
    [/[\u2010-\u2015\u2212\ufe63]/g, "-"], [/[【〔]/g, "["], [/[】〕]/g, "]"], [/[…。]/g, "."], [/、/g, ","]];
  const LOST = /[\x00-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufe00-\ufe0f\ufeff"'`\u2018-\u201f\u2032\u2033\u300c-\u300f]/g;
  const HARD = /[[\]|^\n【】〔〕｜＾［］]/g;

  const bare = (text) => LOOK_ALIKE.reduce((found, [signs, sign]) => found.replace(signs, sign), text)
    .replace(LOST, "").replace(/([-.])\1+/g, "$1");

  function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
    }
    return (crc ^ 0xffffffff) >>> 0;
  }

  const bytesOf = (text) => new TextEncoder().encode(text);

  function checksum(parts) {
    const number = BigInt(crc32(bytesOf(parts.map(bare).join("|"))));
    return [30n, 25n, 20n, 15n, 10n, 5n, 0n].map((shift) => CROCKFORD[Number((number >> shift) & 31n)]).join("");
  }

  const sign = (part) => CROCKFORD[bytesOf(bare(part)).reduce((found, byte) => (found * 3 + byte) % 31, 0)];

  function blockOf(said) {
    const hex = (hard) => `^${hard.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    const parts = Object.entries(said).filter(([, value]) => value).map(([key, value]) => `${key}:${value.replace(HARD, hex)}`);
    return `WB1[${parts.join("|")}]${checksum(parts)}-${parts.map(sign).join("")}`;
  }

  const two = (number) => String(number).padStart(2, "0");

  // A time as records write it: of the phone's clock, with the offset of its zone.
  function instant(date) {
    const ahead = -date.getTimezoneOffset();
    const offset = `${ahead < 0 ? "-" : "+"}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
    return `${day(date)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${offset}`;
  }

  const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

  const parted = (text) => text.split(/[,，、;；]/).map((part) => part.trim()).filter(Boolean);

  const ID = /^[a-z0-9][a-z0-9._-]{0,62}$/;

  // A value as YAML has it on one line: JSON is that.
  const AS = {
    text: (text) => text,
    name: (text) => text,
    time: (text) => text,
    number: (text) => (/^\d+$/.test(text) ? Number(text) : text),
    list: parted,
    impact: (text) => parted(text).map((part) => ({ on: part.split("=")[0].trim(), state: (part.split("=")[1] ?? "").trim() })),
  };

  const flow = (entries) => `{${entries.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")}}`;

  // A line of the log.
  function lineOf({ said: { at, event, by, note }, values }) {
    return `  - ${flow(Object.entries({ at, event, by, ...values, ...(note && { note }) }))}`;
  }

  function draw() {
    const numbers = crypto.getRandomValues(new Uint8Array(6));
    return [...numbers].map((number) => CROCKFORD[number % 32]).join("");
  }

  // A new record, as the desk would write it.
  function recordOf({ said, values, date }) {
    const id = `T${day(date).replaceAll("-", "")}-${draw()}`;
    const { title, kind, severity, reported_by, reported_at = said.at, channel = "engineer", assets, description } = values;
    const header = { id, kind, title, severity, reported_at, reported_by, intake: { channel, received_by: said.by }, assets, description };
    const lines = Object.entries(header).filter(([, value]) => value !== undefined).map(([key, value]) =>
      `${key}: ${key === "intake" ? flow(Object.entries(value)) : JSON.stringify(value)}`);
    const folder = day(date).replaceAll("-", "/");
    const schema = "# yaml-language-server: $schema=../../../../../schemas/ticket.schema.json";
    return [`records/tickets/${folder}/${id}.yaml`, `${[schema, ...lines, "log:", lineOf({ said, values: {} })].join("\n")}\n`];
  }

  async function copied(text, place) {
    place.value = text;
    place.hidden = false;
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      place.focus();
      place.select();
      return document.execCommand("copy");
    }
  }

  function makeForm(form, about, by, at) {
    const output = form.querySelector("output");
    const told = document.createElement("p");
    const place = document.createElement("textarea");
    place.readOnly = true;
    place.hidden = true;
    place.rows = 4;
    place.setAttribute("aria-label", form.dataset.wbCalled);
    output.append(told, place);
    const fields = [...form.querySelectorAll("[data-wb-key]")];
    const ticket = about.dataset.wbNoting;

    // What is said, "" for nothing yet; the phone's time unless another was chosen.
    function noted() {
      if (!form.reportValidity()) return null;
      if (!by.value.trim()) {
        told.textContent = output.dataset.wbBy;
        by.focus();
        return null;
      }
      try {
        localStorage.setItem("weibao-by", by.value.trim());
      } catch { /* a phone that keeps nothing is asked again */ }
      const date = at.value ? new Date(at.value) : new Date();
      const said = { ticket, event: form.dataset.wbNote, at: instant(date), by: by.value.trim() };
      const values = {};
      for (const field of fields) {
        const typed = field.selectedOptions?.[0]?.dataset.wbWord ?? field.value.trim();
        if (!typed) continue;
        const value = field.dataset.wbShape === "time" ? instant(new Date(typed)) : typed;
        said[field.dataset.wbKey] = value;
        if (field.dataset.wbKey !== "note") values[field.dataset.wbKey] = AS[field.dataset.wbShape](value);
      }
      const { assets: asset, reported_at, description } = said;
      const answers = { ...said, asset, at: reported_at ?? said.at, note: description ?? said.note };
      return { said, values, date, answers };
    }

    // What a file has by its id, and is written otherwise: a desk finds out who is meant, a file does not.
    const unnamed = () => [by, ...fields.filter((field) => ["name", "list"].includes(field.dataset.wbShape))]
      .find((field) => !parted(field.value).every((part) => ID.test(part)));

    const filed = (way) => async (note) => {
      const other = unnamed();
      if (!other) return way(note);
      told.textContent = output.dataset.wbIds;
      other.focus();
    };

    const message = ({ said }) => `${form.dataset.wbCalled} ${said.ticket || said.title} ${said.at.slice(11, 16)} ${said.by}\n${blockOf(said)}`;

    const ways = {
      copy: async (note) => {
        told.textContent = output.dataset[await copied(message(note), place) ? "wbCopied" : "wbFailed"];
      },
      share: async (note) => navigator.share({ text: message(note) }).catch(() => {}),
      issue: async ({ said, answers }, button) => {
        const body = JSON.parse(button.dataset.wbQuestions).map(([key, label]) => `### ${label}\n\n${answers[key] ?? ""}`).join("\n\n");
        const title = `${form.dataset.wbCalled} ${said.ticket || said.title}`;
        location.href = `${about.dataset.wbIssue}?${new URLSearchParams({ "issue[title]": title, "issue[description]": body })}`;
      },
      line: filed(async (note) => {
        const well = await copied(lineOf(note), place);
        told.textContent = output.dataset[well ? "wbLine" : "wbFailed"];
        if (well) location.href = about.dataset.wbEdit;
      }),
      file: filed(async (note) => {
        const [filename, value] = recordOf(note);
        location.href = `${about.dataset.wbNew}?${new URLSearchParams({ filename, value })}`;
      }),
    };

    for (const button of form.querySelectorAll("[data-wb-do]")) {
      const way = button.dataset.wbDo;
      button.hidden = way === "share" && !navigator.share;
      button.addEventListener("click", (event) => {
        event.preventDefault();
        const note = noted();
        if (note) ways[way](note, button);
      });
    }
    form.addEventListener("submit", (event) => {
      const note = noted();
      if (!note) event.preventDefault();
      else for (const filled of form.querySelectorAll("[data-wb-fill]")) {
        filled.disabled = false;
        filled.value = note.answers[filled.dataset.wbFill];
      }
    });
  }

  for (const about of document.querySelectorAll("[data-wb-noting]")) {
    const who = about.querySelector("[data-wb-who]");
    who.hidden = false;
    const [by, at] = who.querySelectorAll("input");
    try {
      by.value = localStorage.getItem("weibao-by") ?? "";
    } catch { /* asked each time */ }
    for (const form of about.querySelectorAll("[data-wb-note]")) makeForm(form, about, by, at);
  }
  globalThis.weibaoNotes = { blockOf, lineOf, recordOf, instant };
})();
