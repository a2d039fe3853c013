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
})();
