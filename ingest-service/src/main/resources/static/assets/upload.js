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
  const overall = document.getElementById("overall");
  const table = document.getElementById("files");

  const AT_ONCE = 3;
  const MOST_TRIES = 5;
  const LITTER = /(^|\/)(\.|Thumbs\.db$|desktop\.ini$|__MACOSX\/)/;
  const STATES = {
    UPLOADED: "Waiting to be read", OCR_QUEUED: "Waiting for OCR", EXTRACTED: "Read",
    FAILED: "Failed", INDEXED: "Searchable", REFUSED: "Refused", DELETED: "Deleted"
  };

  document.getElementById("folder-group").classList.remove("mb-hidden");
  document.getElementById("drop-hint").classList.remove("mb-hidden");
  send.classList.add("mb-hidden");

  const queue = [];
  const rows = new Map();
  let batch = null;
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
    const wanted = files.filter(([, name]) => !LITTER.test(name) && !rows.has(name));
    fileInput.value = "";
    folderInput.value = "";
    if (wanted.length === 0) return;
    problem.textContent = "";
    if (batch === null) {
      try {
        batch = await begin(wanted);
      } catch (error) {
        complain(error.message);
        return;
      }
      started = Date.now();
    }
    const first = progress.classList.contains("mb-hidden");
    progress.classList.remove("mb-hidden");
    for (const [file, name] of wanted) {
      const row = table.insertRow();
      row.className = "govuk-table__row";
      const label = row.insertCell();
      const state = row.insertCell();
      label.className = state.className = "govuk-table__cell";
      label.textContent = name;
      state.textContent = "Waiting";
      rows.set(name, state);
      queue.push({ file, name, tries: 0 });
      bytesAll += file.size;
      filesAll++;
    }
    if (first) document.getElementById("progress-heading").focus();
    tell();
    while (running < AT_ONCE && queue.length > 0) next();
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
    if (!answer.ok) throw new Error(await wordsOf(answer));
    return (await answer.json()).id;
  }

  async function wordsOf(answer) {
    if (answer.status === 401) return "You are signed out. Sign in again, then upload the rest.";
    try {
      return (await answer.json()).detail;
    } catch {
      return "The server answered " + answer.status + ".";
    }
  }

  function next() {
    const job = queue.shift();
    if (!job) return;
    running++;
    const data = new FormData();
    for (const field of ["council", "committee", "kind"]) data.append(field, form.elements[field].value);
    data.append("batch", batch);
    const manifest = document.getElementById("manifest").files[0];
    if (manifest) data.append("manifest", manifest, "manifest.csv");
    data.append("file", job.file, job.name);
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/documents");
    request.upload.addEventListener("progress", event => {
      const share = event.total ? event.loaded / event.total : 0;
      underWay.set(job.name, share * job.file.size);
      rows.get(job.name).textContent = Math.round(share * 100) + "% uploaded";
      tell();
    });
    request.addEventListener("loadend", () => finished(job, request));
    request.send(data);
  }

  function finished(job, request) {
    running--;
    underWay.delete(job.name);
    const temporary = request.status === 0 || request.status === 429 || request.status === 503;
    if (temporary && ++job.tries < MOST_TRIES) {
      const seconds = Number(request.getResponseHeader("Retry-After")) || 2 ** job.tries;
      rows.get(job.name).textContent = "Trying again in " + seconds + " seconds";
      setTimeout(() => {
        queue.push(job);
        if (running < AT_ONCE) next();
      }, seconds * 1000);
      return;
    }
    filesDone++;
    bytesDone += job.file.size;
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = { detail: request.status === 0 ? "The connection broke off." : "The server answered " + request.status + "." };
    }
    if (answer.files) {
      rows.get(job.name).textContent = answer.files.length + " files in it, listed below";
      for (const inner of answer.files) becameOf(inner);
    } else if (request.status === 200 || request.status === 202) {
      filesTaken++;
      rows.get(job.name).textContent = request.status === 202 ? "Taken in. It is being read."
        : answer.metadataDiffers ? "It was here already, with other details, which were kept." : "It was here already.";
    } else {
      filesRefused++;
      rows.get(job.name).textContent = "Not taken in: " + (answer.detail || request.status);
    }
    tell();
    if (queue.length > 0) next();
    else if (running === 0) watch();
  }

  function becameOf(inner) {
    let state = rows.get(inner.file);
    if (!state) {
      const row = table.insertRow();
      row.className = "govuk-table__row";
      const label = row.insertCell();
      state = row.insertCell();
      label.className = state.className = "govuk-table__cell";
      label.textContent = inner.file;
      rows.set(inner.file, state);
    }
    if (inner.outcome === "REFUSED") {
      filesRefused++;
      state.textContent = "Not taken in: " + inner.detail;
    } else {
      filesTaken++;
      state.textContent = inner.outcome === "KNOWN" ? "It was here already." : "Taken in. It is being read.";
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
    events = new EventSource("/api/v1/batches/" + encodeURIComponent(batch));
    events.addEventListener("batch", async event => {
      const counts = JSON.parse(event.data);
      const done = Object.entries(counts.states).map(([state, count]) => count + " " + STATES[state].toLowerCase());
      if (counts.known) done.push(counts.known + " known before");
      if (counts.refused) done.push(counts.refused + " not taken in");
      read.textContent = (done.join(", ") || "Nothing read yet")
        + (counts.secondsLeft ? ", about " + counts.secondsLeft + " seconds left" : "") + ".";
      await states();
      // What was taken in last is counted a moment later than it was answered.
      if (counts.finished && counts.accepted + counts.known >= filesTaken) events.close();
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
    const state = rows.get(entry.file);
    if (!state || !entry.state) return;
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

  function complain(words) {
    problem.replaceChildren();
    const box = document.createElement("div");
    box.className = "govuk-error-summary";
    const title = document.createElement("h2");
    title.className = "govuk-error-summary__title";
    title.textContent = "There is a problem";
    const text = document.createElement("p");
    text.textContent = words;
    box.append(title, text);
    problem.append(box);
  }
})();
