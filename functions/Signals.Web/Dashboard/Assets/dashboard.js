// Makes pages a little better; every page works without it.
"use strict";
(() => {
  // Times read in the browser's zone from the next page on.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const cookie = `signals-zone=${zone}`;
  if (zone && !document.cookie.split("; ").includes(cookie))
    document.cookie = `${cookie}; path=/; max-age=31536000; samesite=lax`;

  // One form open at a time; Escape and a click elsewhere close it.
  const forms = () => document.querySelectorAll("details.act[open]");
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    for (const open of forms()) {
      const inside = open.contains(document.activeElement);
      open.open = false;
      if (inside) open.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", event => {
    for (const open of forms())
      if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("toggle", event => {
    if (!event.target.matches("details.act[open]")) return;
    for (const open of forms())
      if (open !== event.target) open.open = false;
    event.target.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  }, true);

  // On a narrow screen each cell of these tables stands under the name of its column.
  for (const table of document.querySelectorAll("table.scores, table.sunset-accounts")) {
    const heads = [...table.querySelectorAll("thead th")].map(head => head.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr"))
      [...row.cells].forEach((cell, i) => { if (cell.tagName === "TD") cell.dataset.head = heads[i] ?? ""; });
    table.classList.add("named");
  }

  // A page on a wall stays true: it is read again when nobody touched it for five minutes.
  if (document.body.dataset.refreshes === "yes") {
    const wait = 5 * 60 * 1000;
    let touched = Date.now();
    for (const kind of ["pointerdown", "keydown", "input", "scroll"])
      document.addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
    setInterval(() => {
      if (Date.now() - touched >= wait && forms().length === 0 && !document.hidden) location.reload();
    }, 30 * 1000);
  }

  // Keys: j and k go through the rows of a page, n and p through the list one came from. Whom single keys disturb turns them off.
  const dialog = document.getElementById("keys");
  const keysOn = document.getElementById("keys-on");
  const rows = () => [...document.querySelectorAll("main table.accounts tbody tr, main .list:not(.next, .moves) > li")]
    .filter(row => row.querySelector("a[href]") && row.checkVisibility());
  const linkOf = row => row.querySelector("h3 a[href], th a[href], a[href]");
  const step = by => {
    const all = rows();
    if (all.length === 0) return;
    const at = all.findIndex(row => row.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    linkOf(all[next]).focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
  const follow = rel => document.querySelector(`main nav.way a[rel="${rel}"]`)?.click();
  const search = () => {
    const field = document.querySelector('main input[type="search"]');
    if (field) { field.focus(); field.select(); }
    else location.href = "/accounts#search";
  };
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    x: () => rows().find(row => row.contains(document.activeElement))?.querySelector(".pick input")?.click(),
    n: () => follow("next"),
    p: () => follow("prev"),
    "/": search,
    "?": () => dialog.showModal(),
  };
  if (dialog) {
    keysOn.checked = localStorage.getItem("signals-keys") !== "off";
    keysOn.addEventListener("change", () => localStorage.setItem("signals-keys", keysOn.checked ? "on" : "off"));
    for (const place of document.querySelectorAll(".keys-button")) place.hidden = false;
    document.querySelector("[data-keys]")?.addEventListener("click", () => dialog.showModal());
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open || !keysOn.checked) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
    if (location.hash === "#search") search();
  }

  // After a form the focus is where it was: on the same row, or on the one that took its place.
  const place = "signals-place";
  document.addEventListener("submit", event => {
    if (event.target.method !== "post") return;
    const all = rows();
    const at = all.findIndex(row => row.contains(event.target) || row.contains(document.activeElement));
    sessionStorage.setItem(place, JSON.stringify({ path: location.pathname, at, action: event.target.getAttribute("action") }));
  });
  const kept = sessionStorage.getItem(place);
  if (kept && document.querySelector(".notice")) {
    sessionStorage.removeItem(place);
    const { path, at, action } = JSON.parse(kept);
    if (path === location.pathname) {
      const all = rows();
      const form = at < 0 ? document.querySelector(`main form[action="${CSS.escape(action)}"]`) : null;
      const target = at >= 0 && all.length > 0 ? linkOf(all[Math.min(at, all.length - 1)])
        : form?.closest("details")?.querySelector("summary") ?? form?.querySelector("button");
      target?.focus({ preventScroll: true });
    }
  }
})();
