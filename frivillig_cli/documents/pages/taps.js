// Answers tapped on a phone without a network. They are kept on the phone and given back as
// lines of text, which `frivillig beredskap collect` takes in. Nothing is fetched or sent.
"use strict";
(() => {
  const about = JSON.parse(document.getElementById("taps").textContent);
  const words = about.words, key = "frivillig " + about.activation + " " + about.part;
  const make = (tag, text, more) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    return Object.assign(made, more);
  };
  const button = (text, act, kind) => {
    const made = make("button", text, { type: "button", onclick: act });
    if (kind) made.className = kind;
    return made;
  };

  // What is kept: taps in order, and who calls. Some phones keep nothing of a page in a file.
  let kept = { by: "", taps: [] }, lasting = true;
  try {
    kept = JSON.parse(localStorage.getItem(key)) || kept;
    localStorage.setItem(key, JSON.stringify(kept));
  } catch { lasting = false; }
  let given = kept.taps.length;
  // The page may be open in two tabs: each takes in what the other has kept before it writes, and a
  // tap is known by its id. Whether there was anything new is returned.
  const merge = () => {
    try {
      const stored = JSON.parse(localStorage.getItem(key));
      if (!stored) return false;
      const known = new Set(stored.taps.map(t => t.id)), own = kept.taps.length;
      kept = { by: stored.by, taps: [...stored.taps, ...kept.taps.filter(t => !known.has(t.id))] };
      return kept.taps.length > own;
    } catch { lasting = false; return false; }
  };
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { lasting = false; }
    warning.hidden = lasting;
  };
  const fresh = () => {
    const letters = "abcdefghijkmnpqrstuvwxyz23456789";
    const drawn = crypto.getRandomValues(new Uint8Array(10));
    return Array.from(drawn, n => letters[n % 32]).join("");
  };
  const two = n => String(n).padStart(2, "0");
  const stamp = at => {
    const off = -at.getTimezoneOffset(), far = Math.abs(off);
    return at.getFullYear() + "-" + two(at.getMonth() + 1) + "-" + two(at.getDate()) + "T"
      + two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds())
      + (off < 0 ? "-" : "+") + two(Math.trunc(far / 60)) + ":" + two(far % 60);
  };
  const clock = text => text.slice(11, 16);
  // A time that has passed is tomorrow's where that is within 18 hours, else a slip: null.
  const next = text => {
    const [hour, minute] = text.split(":"), at = new Date();
    at.setHours(+hour, +minute, 0, 0);
    if (at >= Date.now() - 60e3) return at;
    at.setDate(at.getDate() + 1);
    return at - Date.now() <= 18 * 3600e3 ? at : null;
  };

  // The last tap that stands of each row, by the row's code.
  const standing = () => {
    const gone = new Set(kept.taps.filter(t => t.word === "undo").map(t => t.of)), last = new Map();
    for (const t of kept.taps) if (t.word !== "undo" && !gone.has(t.id)) last.set(t.row, t);
    return last;
  };
  const tap = (row, word, more) => {
    const others = merge();
    kept.taps.push({ id: fresh(), row, word, at: stamp(new Date()), ...more });
    keep();
    show(row);
    if (others) anew();
    count();
  };
  // Shows what another tab has kept, in the rows that it is about: a list may have hundreds. A
  // question that is open here stays open.
  const anew = () => {
    const stands = standing();
    for (const [code, { panel, shown }] of rows) {
      const last = stands.get(code) ?? null;
      if (shown !== last?.id && !panel.querySelector(".choices")) show(code, last);
    }
    if (document.activeElement !== name) name.value = kept.by;
    count();
  };

  const rows = new Map(), before = standing();
  for (const place of document.querySelectorAll("tr[data-row]")) {
    const row = { place, rung: "", panel: make("td", "", { className: "taps" }) };
    rows.set(place.dataset.row, row);
    place.append(row.panel);
    for (const link of place.querySelectorAll("a.tel"))
      link.addEventListener("click", () => { row.rung = link.getAttribute("href").slice(4); });
    show(place.dataset.row, before.get(place.dataset.row) ?? null);
  }

  function show(code, last = standing().get(code)) {
    const { place, panel } = rows.get(code);
    rows.get(code).shown = last?.id;
    place.classList.toggle("done", Boolean(last) && about.answers.includes(last.word));
    panel.replaceChildren();
    if (last) {
      const time = last.eta ? " " + clock(last.eta) : "";
      panel.append(make("strong", about.outcomes[last.word] + time + " · " + clock(last.at)), " ",
        button(words.undo, () => tap(code, "undo", { of: last.id }), "plain"), " ");
    }
    panel.append(button(last ? words.again : words.answer, () => ask(code), "open"));
  }

  function ask(code) {
    const { panel } = rows.get(code), choices = make("div", "", { className: "choices" });
    for (const [word, label] of Object.entries(about.outcomes))
      choices.append(button(label, () => chosen(code, word), about.answers.includes(word) ? word : "none"));
    choices.append(button(words.cancel, () => show(code), "plain"));
    panel.replaceChildren(choices);
    choices.firstChild.focus();
  }

  function chosen(code, word) {
    const { panel, rung } = rows.get(code), more = rung ? { number: rung } : {};
    if (word !== "yes" && word !== "later") return tap(code, word, more);
    const asked = make("div", "", { className: "choices" });
    const label = make("label", (word === "yes" ? words.there : words.from) + " ");
    const time = make("input", "", { type: "time", required: word === "later" });
    const late = make("span", words.passed, { className: "warn", hidden: true });
    late.setAttribute("role", "alert");
    label.append(time);
    asked.append(label);
    if (word === "yes")
      for (const minutes of [15, 30, 60])
        asked.append(button(minutes + " min", () =>
          tap(code, word, { ...more, eta: stamp(new Date(Date.now() + minutes * 60e3)) })));
    asked.append(button(words.ok, () => {
      if (!time.value && word === "later") return time.focus();
      const at = time.value ? next(time.value) : undefined;
      late.hidden = at !== null;
      if (at === null) return time.focus();
      tap(code, word, at ? { ...more, eta: stamp(at) } : more);
    }, "open"), button(words.cancel, () => show(code), "plain"), late);
    panel.replaceChildren(asked);
    time.focus();
  }

  const lines = () => [
    "frivillig-answers 1 " + about.activation + " " + about.number,
    "by " + (kept.by || about.part || "?").replace(/\s+/g, " "),
    ...kept.taps.map(t => [t.id, t.row, t.word, t.at, t.eta ? "eta=" + t.eta : "",
      t.number ? "number=" + t.number : "", t.of ? "of=" + t.of : ""].filter(Boolean).join(" ")),
    "end " + kept.taps.length,
  ].join("\n") + "\n";

  const bar = make("div", "", { className: "bar" });
  const tally = make("strong", "", { id: "tally" });
  tally.setAttribute("role", "status");
  const warning = make("p", words.forgets, { className: "warn", hidden: lasting });
  const text = make("textarea", "", { readOnly: true, rows: 6, id: "given" });
  const said = make("span", "", { className: "note" });
  const name = make("input", "", { value: kept.by, autocomplete: "name", id: "by" });
  name.addEventListener("input", () => {
    merge();
    kept.by = name.value.trim();
    keep();
    text.value = lines();
  });
  const who = make("label", words.by + " ");
  who.append(name);
  const box = make("div", "", { className: "back", hidden: true });
  const done = () => { given = kept.taps.length; said.textContent = words.given; };
  const file = () => new File([lines()], about.file, { type: "text/plain" });
  box.append(make("p", words.how), who, text, button(words.copy, async () => {
    text.select();
    try { await navigator.clipboard.writeText(text.value); } catch { document.execCommand("copy"); }
    done();
  }), button(words.save, () => {
    const link = make("a", "", { href: URL.createObjectURL(file()), download: about.file });
    link.click();
    done();
  }));
  if (navigator.canShare && navigator.canShare({ files: [file()] }))
    box.append(button(words.share, () => navigator.share({ files: [file()] }).then(done, () => {})));
  box.append(said);
  bar.append(tally, " ", button(words.back, () => {
    box.hidden = !box.hidden;
    text.value = lines();
  }, "open"), warning, box);
  document.body.append(bar);

  function count() {
    let rung = 0, yes = 0, no = 0;
    for (const [code, last] of standing()) {
      if (!rows.has(code)) continue;
      rung += 1;
      yes += last.word === "yes";
      no += last.word === "no";
    }
    tally.textContent = words.tally.replace("{rung}", rung).replace("{yes}", yes).replace("{no}", no);
    text.value = lines();
    said.textContent = "";
  }
  count();
  document.documentElement.classList.add("tapping");
  for (const [where, happening] of [[window, "storage"], [document, "visibilitychange"],
    [window, "pageshow"]]) where.addEventListener(happening, () => { if (merge()) anew(); });
  addEventListener("beforeunload", event => {
    if (!lasting && given < kept.taps.length) event.preventDefault();
  });
})();
