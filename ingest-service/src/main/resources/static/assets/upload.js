// Adds folders, dropping and progress to the upload form, which works without it.
"use strict";
(() => {
  const form = document.getElementById("upload");
  const fileInput = document.getElementById("file");
  const folderInput = document.getElementById("folder");
  const drop = document.getElementById("drop");
  const send = document.getElementById("send");
  const problem = document.getElementById("problem");
  const progress = document.getElementById("progress");
  const summary = document.getElementById("summary");
  const read = document.getElementById("read");
  const skipped = document.getElementById("skipped");
  const overall = document.getElementById("overall");
  const table = document.getElementById("files");

  const AT_ONCE = 3;
  const MOST_TRIES = 5;
  const MOST_LAST_LOOKS = 20;
  const LITTER = /(^|\/)(\.|Thumbs\.db$|desktop\.ini$|__MACOSX\/)/;
  const STATES = {
    UPLOADED: "Waiting to be read", OCR_QUEUED: "Waiting for OCR", EXTRACTED: "Read",
    FAILED: "Failed", INDEXED: "Searchable", REFUSED: "Refused", DELETED: "Deleted"
  };

  const FINAL = new Set(["INDEXED", "REFUSED", "FAILED", "DELETED"]);

  document.getElementById("folder-group").classList.remove("mb-hidden");
  document.getElementById("drop-hint").classList.remove("mb-hidden");
  send.classList.add("mb-hidden");

  const queue = [];
  // What was chosen, by name, size and time: two files of one name are two.
  const rows = new Map();
  // The same, and files in archives, by the name in the batch. Rows that share one: all but one were not taken in.
  const named = new Map();
  let batch = null;
  let beginning = null;
  let running = 0;
  let bytesAll = 0;
  let bytesDone = 0;
  let filesAll = 0;
  let filesDone = 0;
  let filesRefused = 0;
  let filesTaken = 0;
  let started = 0;
  let events = null;
  const underWay = new Map();

  fileInput.addEventListener("change", () => add([...fileInput.files].map(file => [file, file.name])));
  folderInput.addEventListener("change", () =>
    add([...folderInput.files].map(file => [file, file.webkitRelativePath || file.name])));
  form.addEventListener("submit", event => {
    event.preventDefault();
    add([...fileInput.files].map(file => [file, file.name]));
  });

  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, event => {
      event.preventDefault();
      drop.classList.add("mb-over");
    });
  }
  document.addEventListener("dragleave", event => {
    if (!event.relatedTarget) drop.classList.remove("mb-over");
  });
  document.addEventListener("drop", async event => {
    event.preventDefault();
    drop.classList.remove("mb-over");
    // Entries must be asked for before the event is over.
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const files = [];
    for (const entry of entries) await collect(entry, "", files);
    add(files);
  });

  async function collect(entry, folder, files) {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      files.push([file, folder + entry.name]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (some.length === 0) return;
      for (const inner of some) await collect(inner, folder + entry.name + "/", files);
    }
  }

  async function add(files) {
    const wanted = files.filter(([, name]) => !LITTER.test(name));
    fileInput.value = "";
    folderInput.value = "";
    if (wanted.length === 0) return;
    problem.textContent = "";
    if (batch === null) {
      beginning ??= begin(wanted);
      try {
        batch = await beginning;
      } catch (error) {
        beginning = null;
        if (error instanceof SignedOut) signedOut();
        else complain(error.message);
        return;
      }
      started ||= Date.now();
    }
    const first = progress.classList.contains("mb-hidden");
    progress.classList.remove("mb-hidden");
    const there = wanted.filter(([file, name]) => !enqueue(file, name.normalize("NFC"))).map(([, name]) => name);
    skipped.textContent = there.length === 0 ? ""
      : (there.length === 1 ? there[0] + " is" : there.length + " of these files are")
        + " in the list already. What became of " + (there.length === 1 ? "it" : "them") + " is told there.";
    if (first) document.getElementById("progress-heading").focus();
    tell();
    while (running < AT_ONCE && queue.length > 0) next();
  }

  // False where the file is in the list, unless it was not taken in: then it may come again.
  function enqueue(file, given) {
    const key = [given, file.size, file.lastModified].join("\n");
    let row = rows.get(key);
    if (row && row.refused === 0) return false;
    if (row) {
      filesDone--;
      bytesDone -= row.file.size;
      filesRefused -= row.refused;
      filesTaken -= row.taken;
      row.taken = row.refused = 0;
      named.get(row.name).delete(row);
    } else {
      row = addRow(given);
      rows.set(key, row);
      bytesAll += file.size;
      filesAll++;
    }
    row.file = file;
    row.tries = 0;
    call(row, freeName(given));
    row.state.textContent = "Waiting";
    queue.push(row);
    return true;
  }

  function addRow(given) {
    const line = table.insertRow();
    line.className = "govuk-table__row";
    const label = line.insertCell();
    const state = line.insertCell();
    label.className = state.className = "govuk-table__cell";
    return { given, name: null, label, state, inner: new Map(), document: null, told: false, taken: 0, refused: 0 };
  }

  // The batch has one entry for each name.
  function call(row, name) {
    if (!named.has(name)) named.set(name, new Set());
    named.get(name).add(row);
    row.name = name;
    row.label.textContent = name === row.given ? name : row.given + " (another of this name, kept as " + name + ")";
  }

  function freeName(given) {
    const free = name => [...named.get(name) || []].every(row => row.refused > 0 && row.taken === 0);
    const [, stem, ending] = /^(.*?)((?:\.tar)?\.[^./]*)?$/s.exec(given);
    let name = given;
    for (let number = 2; !free(name); number++) name = stem + " (" + number + ")" + (ending || "");
    return name;
  }

  async function begin(files) {
    const answer = await fetch("/api/v1/batches", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        name: document.getElementById("council").value.trim() || null,
        files: files.some(([, name]) => /\.(zip|tar|tgz|gz)$/i.test(name)) ? null : files.length
      })
    });
    if (answer.status === 401) throw new SignedOut();
    if (!answer.ok) throw new Error(await wordsOf(answer));
    return (await answer.json()).id;
  }

  async function wordsOf(answer) {
    try {
      return (await answer.json()).detail;
    } catch {
      return "The server answered " + answer.status + ".";
    }
  }

  function next() {
    const row = queue.shift();
    if (!row) return;
    running++;
    const data = new FormData();
    for (const field of ["council", "committee", "kind"]) data.append(field, form.elements[field].value);
    data.append("batch", batch);
    const manifest = document.getElementById("manifest").files[0];
    if (manifest) data.append("manifest", manifest, "manifest.csv");
    data.append("file", row.file, row.name);
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/documents");
    request.upload.addEventListener("progress", event => {
      const share = event.total ? event.loaded / event.total : 0;
      underWay.set(row, share * row.file.size);
      row.state.textContent = Math.round(share * 100) + "% uploaded";
      tell();
    });
    request.addEventListener("loadend", () => finished(row, request));
    request.send(data);
  }

  function finished(row, request) {
    running--;
    underWay.delete(row);
    const temporary = request.status === 0 || request.status === 429 || request.status === 503;
    if (temporary && ++row.tries < MOST_TRIES) {
      const seconds = Number(request.getResponseHeader("Retry-After")) || 2 ** row.tries;
      row.state.textContent = "Trying again in " + seconds + " seconds";
      setTimeout(() => {
        queue.push(row);
        if (running < AT_ONCE) next();
      }, seconds * 1000);
      return;
    }
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = { detail: request.status === 0 ? "The connection broke off." : "The server answered " + request.status + "." };
    }
    if (request.status === 401) {
      // Nor would the others be taken in.
      for (const each of [row, ...queue.splice(0)]) notTaken(each, "You were signed out.");
      signedOut();
    } else if (answer.files) {
      done(row);
      row.state.textContent = (answer.files.length === 1 ? "1 file" : answer.files.length + " files") + " in it, listed below";
      for (const inner of answer.files) becameOf(row, inner);
    } else if (request.status === 200 || request.status === 202) {
      done(row);
      filesTaken += row.taken = 1;
      row.document = answer.document.id;
      row.state.textContent = request.status === 202 ? "Taken in. It is being read."
        : answer.metadataDiffers ? "It was here already, with other details, which were kept." : "It was here already.";
    } else {
      notTaken(row, answer.detail || request.status);
    }
    tell();
    if (queue.length > 0) next();
    else if (running === 0) watch();
  }

  function done(row) {
    filesDone++;
    bytesDone += row.file.size;
  }

  function notTaken(row, why) {
    done(row);
    filesRefused += row.refused = 1;
    row.state.textContent = "Not taken in: " + why;
  }

  // What became of a file in an archive, or of the archive itself where all of it was refused.
  function becameOf(archive, inner) {
    let row = inner.file === archive.name ? archive : archive.inner.get(inner.file);
    if (!row) {
      row = addRow(inner.file);
      archive.inner.set(inner.file, row);
      call(row, inner.file);
    }
    if (inner.outcome === "REFUSED") {
      filesRefused++;
      archive.refused++;
      if (row !== archive) [row.taken, row.refused] = [0, 1];
      row.state.textContent = "Not taken in: " + inner.detail;
    } else {
      filesTaken++;
      archive.taken++;
      if (row !== archive) [row.taken, row.refused] = [1, 0];
      row.document = inner.document.id;
      row.state.textContent = inner.outcome === "KNOWN" ? "It was here already." : "Taken in. It is being read.";
    }
  }

  let toldAt = 0;
  function tell() {
    const now = Date.now();
    const sent = bytesDone + [...underWay.values()].reduce((sum, bytes) => sum + bytes, 0);
    overall.value = bytesAll ? sent / bytesAll : 1;
    // Not at every step: a screen reader would read them all.
    if (now - toldAt < 2000 && filesDone < filesAll) return;
    toldAt = now;
    const seconds = (now - started) / 1000;
    const left = sent > 0 && filesDone < filesAll ? Math.ceil((bytesAll - sent) / (sent / seconds)) : 0;
    summary.textContent = filesDone + " of " + filesAll + " files uploaded"
      + (filesRefused ? ", " + filesRefused + " not taken in" : "")
      + (left ? ", about " + left + " seconds left" : "") + ".";
  }

  function watch() {
    if (events) events.close();
    let lastLooks = 0;
    const source = events = new EventSource("/api/v1/batches/" + encodeURIComponent(batch));
    source.addEventListener("batch", async event => {
      const counts = JSON.parse(event.data);
      const done = Object.entries(counts.states).map(([state, count]) => count + " " + STATES[state].toLowerCase());
      if (counts.known) done.push(counts.known + " known before");
      if (counts.refused) done.push(counts.refused + " not taken in");
      read.textContent = (done.join(", ") || "Nothing read yet")
        + (counts.secondsLeft ? ", about " + counts.secondsLeft + " seconds left" : "") + ".";
      await states();
      // What was taken in last is counted, and listed, a moment later than it was answered. The browser
      // asks again by itself as long as this is open.
      if (!counts.finished || counts.accepted + counts.known < filesTaken) return;
      if ([...named.values()].every(all => [...all].every(row => !row.document || row.told))
        || ++lastLooks === MOST_LAST_LOOKS) source.close();
    });
  }

  async function states() {
    let cursor = null;
    do {
      const answer = await fetch("/api/v1/batches/" + encodeURIComponent(batch) + "?size=1000"
        + (cursor ? "&cursor=" + encodeURIComponent(cursor) : ""));
      if (!answer.ok) return;
      const page = await answer.json();
      for (const entry of page.entries) show(entry);
      cursor = page.nextCursor;
    } while (cursor);
  }

  function show(entry) {
    if (!entry.state) return;
    for (const row of named.get(entry.file) || []) {
      if (row.document !== entry.id) continue;
      row.told = FINAL.has(entry.state);
      tellState(row.state, entry);
    }
  }

  function tellState(state, entry) {
    state.textContent = (entry.outcome === "KNOWN" ? "It was here already. " : "") + STATES[entry.state]
      + (entry.detail ? ": " + entry.detail : "");
    if (entry.state === "INDEXED" && entry.items !== null) {
      state.append(", ");
      const words = entry.items === 1 ? "1 agenda item" : entry.items + " agenda items";
      if (entry.itemsAddress) {
        const link = document.createElement("a");
        link.className = "govuk-link";
        link.href = entry.itemsAddress;
        link.textContent = words;
        state.append(link);
      } else {
        state.append(words);
      }
    }
  }

  class SignedOut extends Error {}

  function signedOut() {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = "/sign-in?next=/upload";
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Sign in again (opens in a new tab)";
    complain("You were signed out. ", link, ", then choose here once more what was not taken in.");
  }

  function complain(...words) {
    const box = document.createElement("div");
    box.className = "govuk-error-summary";
    const title = document.createElement("h2");
    title.className = "govuk-error-summary__title";
    title.textContent = "There is a problem";
    const text = document.createElement("p");
    text.append(...words);
    box.append(title, text);
    // What is told already is not read out again.
    if (problem.firstElementChild?.isEqualNode(box)) return;
    problem.replaceChildren(box);
  }
})();
