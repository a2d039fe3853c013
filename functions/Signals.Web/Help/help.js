// Shows what would help this person now. docs/in-product-help.md says how to start and to style it.
"use strict";
(() => {
  const AGAIN = 5 * 60_000, SEEN_AFTER = 1_000, PROMPT = 30_000, THANKS = 6_000;
  const CSS = `
:host { all: initial; color-scheme: light dark;
  --paper: var(--signals-help-background, #fff); --ink: var(--signals-help-text, #1b1f24);
  --soft: var(--signals-help-muted, #57606a); --line: var(--signals-help-border, #d0d7de);
  --mark: var(--signals-help-accent, #0b5cad); --on: var(--signals-help-on-accent, #fff) }
@media (prefers-color-scheme: dark) { :host {
  --paper: var(--signals-help-background-dark, #1b1f24); --ink: var(--signals-help-text-dark, #f0f3f6);
  --soft: var(--signals-help-muted-dark, #b1bac4); --line: var(--signals-help-border-dark, #57606a);
  --mark: var(--signals-help-accent-dark, #79c0ff); --on: var(--signals-help-on-accent-dark, #0d1117) } }
.stack { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: var(--signals-help-layer, 2147483000);
  display: grid; gap: .75rem; inline-size: min(24rem, calc(100vw - 2rem)); max-block-size: 80vh; overflow: auto;
  font: var(--signals-help-font, 16px/1.5 system-ui, sans-serif) }
:host([data-place=inline]) .stack { position: static; inline-size: auto; max-block-size: none }
section { box-sizing: border-box; padding: 1rem 1.25rem; color: var(--ink); background: var(--paper); overflow-wrap: anywhere;
  border: 1px solid var(--line); border-radius: var(--signals-help-radius, 10px); box-shadow: 0 6px 24px rgb(0 0 0 / .18) }
section[data-kind=thanks] { border-block-start: 4px solid var(--mark) }
h2 { margin: 0 0 .5rem; font-size: 1.1em; line-height: 1.3 } h3 { margin: .75rem 0 .25rem; font-size: 1em }
p { margin: 0 0 .6rem } ul, ol { margin: 0 0 .6rem; padding-inline-start: 1.25rem }
summary { cursor: pointer } .soft { color: var(--soft) } a { color: var(--mark) }
.acts { display: flex; flex-wrap: wrap; gap: .5rem; margin-block-start: .9rem }
.acts > * { box-sizing: border-box; min-block-size: 2.5rem; padding: .45rem .9rem; font: inherit; cursor: pointer; border: 1px solid var(--line);
  border-radius: calc(var(--signals-help-radius, 10px) * .6); color: inherit; background: none; text-decoration: none }
.acts > a { color: var(--on); background: var(--mark); border-color: var(--mark); font-weight: 600 }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px }
progress { display: block; inline-size: 100%; block-size: .5rem; margin: .25rem 0 .6rem; accent-color: var(--mark) }
fieldset { margin: 0; padding: 0; border: 0 } .ends { display: flex; justify-content: space-between; gap: 1rem; font-size: .875em } .ends :last-child { text-align: end }
.scale { display: grid; grid-template-columns: repeat(auto-fit, minmax(1.65rem, 1fr)); gap: .25rem; margin-block: .25rem .5rem }
.scale label { position: relative; display: grid; place-items: center; min-block-size: 2.5rem;
  border: 1px solid var(--line); border-radius: calc(var(--signals-help-radius, 10px) * .6); cursor: pointer }
.scale input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer }
.scale label:has(:checked) { color: var(--on); background: var(--mark); border-color: var(--mark); font-weight: 600 }
.scale label:has(:focus-visible) { outline: 3px solid var(--mark); outline-offset: 2px }
textarea { display: block; box-sizing: border-box; inline-size: 100%; margin-block-start: .25rem; padding: .4rem .6rem; font: inherit;
  color: inherit; background: none; border: 1px solid var(--line); border-radius: calc(var(--signals-help-radius, 10px) * .6) }
.list { list-style: none; padding: 0 } .list li { display: flex; gap: .5rem } .list [aria-hidden] { flex: none; inline-size: 1em }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (prefers-reduced-motion: no-preference) { section { animation: in .25s ease-out } @keyframes in { from { opacity: 0; translate: 0 8px } } }
.acts > .main { color: var(--on); background: var(--mark); border-color: var(--mark); font-weight: 600 }
@media (forced-colors: active) { .acts > a { border: 2px solid LinkText } .scale label:has(:checked) { border: 3px solid Highlight } }`;

  const make = (tag, text, attributes) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    return made;
  };
  const isWeb = url => /^https?:$/.test(new URL(url, location.href).protocol);
  const memory = {
    get: key => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* Shown once more then. */ } },
  };

  function start({ api = "", userId, token, target }) {
    const base = api.replace(/\/$/, "") + "/v1/help";
    const store = "signals-help:" + userId;
    const tabs = "BroadcastChannel" in window ? new BroadcastChannel(store) : null;
    const host = make("div");
    const root = host.attachShadow({ mode: "open" });
    const stack = make("div", "", { class: "stack" });
    const spoken = make("p", "", { class: "hidden", role: "status" });
    const over = new Set(), told = new Set();
    let shown = null, listed = null, drawn = "", before = null, asked = 0, watcher = null, timer = 0, ended = false, bearer = "";

    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    root.append(stack, spoken);
    if (target) host.dataset.place = "inline";
    (target || document.body).append(host);
    host.addEventListener("focusin", ({ relatedTarget: from }) => { if (from && !host.contains(from)) before = from; });

    /** With a token at hand it asks at once: who takes the step leaves the page in the same moment. */
    async function call(url, options, again = true) {
      if (!bearer || !again) bearer = typeof token === "function" ? await token(!again) : token;
      const answer = await fetch(url, {
        ...options, credentials: "omit", headers: { Authorization: "Bearer " + bearer, ...options?.headers } });
      return answer.status === 401 && again && typeof token === "function" ? call(url, options, false) : answer;
    }

    const post = (id, said) => call(`${base}/${id}`, {
      method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ userId, ...said }),
    });

    function say(id, answer) {
      if (told.has(id + answer)) return;
      told.add(id + answer);
      post(id, { answer }).then(reply => { if (reply.status > 499) told.delete(id + answer); }, () => told.delete(id + answer));
    }

    function end(id, answer) {
      over.add(id);
      if (answer) {
        say(id, answer);
        tabs?.postMessage(id);
      }
      if (shown?.id === id) remove();
    }

    function remove() {
      const inside = root.activeElement && shown.section.contains(root.activeElement);
      watcher?.disconnect();
      clearTimeout(timer);
      shown.section.remove();
      if (inside) before?.isConnected ? before.focus() : document.body.focus();
      shown = null;
      spoken.textContent = "";
    }

    /** Before the person's eyes: in the window of a page that is looked at, for a moment. */
    function watch(section, id) {
      const look = visible => {
        clearTimeout(timer);
        if (visible && document.visibilityState === "visible") timer = setTimeout(() => say(id, "seen"), SEEN_AFTER);
      };
      let visible = false;
      watcher = new IntersectionObserver(entries => look(visible = entries.at(-1).isIntersecting), { threshold: .5 });
      watcher.observe(section);
      document.addEventListener("visibilitychange", () => shown?.id === id && look(visible));
    }

    function body(blocks) {
      const parts = [];
      for (const { kind, text } of blocks) {
        if (kind === "item") {
          if (parts.at(-1)?.localName !== "ul") parts.push(make("ul"));
          parts.at(-1).append(make("li", text));
        } else parts.push(make(kind === "heading" ? "h3" : "p", text));
      }
      return parts;
    }

    /** A score and, once it is chosen, words if one likes; nothing is sent before the button is pressed. */
    function ask(card, section, acts) {
      const { least, most, low, high, comment, mostChars, send, thanks } = card.survey;
      const field = make("fieldset"), ends = make("div", "", { class: "ends soft" }), scale = make("div", "", { class: "scale" });
      field.append(make("legend", `${card.title} ${least} · ${low}, ${most} · ${high}`, { class: "hidden" }));
      for (const [score, end] of [[least, low], [most, high]]) ends.append(make("span", `${score} · ${end}`));
      ends.setAttribute("aria-hidden", "true");
      for (let score = least; score <= most; score++) {
        const label = make("label", score + "");
        label.append(make("input", "", { type: "radio", name: card.id, value: score }));
        scale.append(label);
      }
      field.append(ends, scale);
      const words = make("label", comment), text = make("textarea", "", { rows: 2, maxlength: mostChars });
      const button = make("button", send, { type: "button", class: "main" });
      words.append(text);
      words.hidden = button.hidden = true;
      field.addEventListener("change", () => { words.hidden = button.hidden = false; });
      button.addEventListener("click", async () => {
        button.disabled = true;
        const said = { answer: "answered", score: +field.querySelector(":checked").value, comment: text.value };
        const reply = await post(card.id, said).catch(() => null);
        button.disabled = false;
        // What could not be said now stays to be said again.
        if (!reply || reply.status > 499) return;
        if (!reply.ok || shown?.id !== card.id) return end(card.id);
        over.add(card.id);
        tabs?.postMessage(card.id);
        const last = make("p", thanks, { tabindex: -1 });
        section.replaceChildren(last);
        last.focus();
        setTimeout(() => end(card.id), THANKS);
      });
      section.append(field, words);
      acts.append(button);
    }

    function draw(card, words) {
      const section = make("section", "", { lang: card.locale, dir: "auto", "aria-label": words.region, "data-kind": card.kind });
      section.append(make("h2", card.title), ...body(card.body));
      if (card.faq.length) section.append(make("h3", words.faq));
      for (const { question, answer } of card.faq) {
        const details = make("details");
        details.append(make("summary", question), make("p", answer));
        section.append(details);
      }
      const acts = make("div", "", { class: "acts" });
      if (card.survey) ask(card, section, acts);
      if (card.step && isWeb(card.step.url)) {
        const step = make("a", card.step.label, { href: card.step.url });
        step.addEventListener("click", () => end(card.id, "done"));
        acts.append(step);
      }
      const close = make("button", words.close, { type: "button" });
      const put = () => end(card.id, over.has(card.id) ? "" : card.step || card.survey ? "dismissed" : "done");
      close.addEventListener("click", put);
      section.addEventListener("keydown", event => event.key === "Escape" && event.target.localName !== "textarea" && put());
      acts.append(close);
      section.append(acts);
      shown = { id: card.id, section };
      stack.prepend(section);
      spoken.lang = card.locale;
      // A change is spoken; what was there from the start is not.
      setTimeout(() => { if (shown?.id === card.id) spoken.textContent = `${words.region}: ${card.title}`; }, 100);
      watch(section, card.id);
    }

    function drawList(list) {
      const key = `${store}:steps`, kept = memory.get(key), now = `${list.done}/${list.total}`;
      const isOver = list.done === list.total;
      listed?.remove();
      listed = null;
      // Put away it stays so until something is done; the last step is a reason to be glad, once, for who saw the list before.
      if (kept === `hidden ${now}` || (isOver && !kept)) return;
      if (!isOver) memory.set(key, now);
      listed = make("section", "", { lang: list.locale, dir: "auto", "aria-label": list.title, "data-kind": isOver ? "thanks" : "steps" });
      listed.append(make("h2", list.title));
      if (isOver) listed.append(make("p", list.words.allDone));
      else {
        listed.append(make("p", list.progress, { class: "soft" }),
          make("progress", "", { max: list.total, value: list.done, "aria-label": list.progress }));
        const steps = make("ol", "", { class: "list" });
        for (const { name, done, url } of list.steps) {
          const item = make("li"), text = make("span");
          text.append(url && isWeb(url) ? make("a", name, { href: url }) : name, make("span", ` (${done ? list.words.done : list.words.open})`, { class: "hidden" }));
          item.append(make("span", done ? "\u2713" : "\u25cb", { "aria-hidden": "true" }), text);
          steps.append(item);
        }
        listed.append(steps);
      }
      const acts = make("div", "", { class: "acts" }), close = make("button", list.words.close, { type: "button" });
      close.addEventListener("click", () => {
        memory.set(key, `hidden ${now}`);
        listed.remove();
        before?.isConnected && before.focus();
      });
      acts.append(close);
      listed.append(acts);
      stack.append(listed);
    }

    async function look() {
      if (ended || document.visibilityState !== "visible" || Date.now() - asked < PROMPT) return;
      asked = Date.now();
      let view;
      try {
        const answer = await call(`${base}?userId=${encodeURIComponent(userId)}`);
        if (!answer.ok) return;
        view = await answer.json();
      } catch { return; }
      const card = view.card && !over.has(view.card.id) ? view.card : null;
      if (shown && shown.id !== card?.id) remove();
      if (card && !shown) draw(card, view.words);
      const list = JSON.stringify(view.checklist);
      if (list !== drawn && !listed?.contains(root.activeElement)) {
        drawn = list;
        if (view.checklist) drawList(view.checklist);
        else listed?.remove();
      }
    }

    tabs?.addEventListener("message", event => end(event.data));
    document.addEventListener("visibilitychange", look);
    const clock = setInterval(look, AGAIN);
    look();
    return {
      refresh: () => { asked = 0; return look(); },
      stop: () => { ended = true; clearInterval(clock); tabs?.close(); host.remove(); },
    };
  }

  window.signalsHelp = { start };
  const { user, token, api } = document.currentScript?.dataset ?? {};
  if (user && token) {
    const begin = () => { window.signalsHelp.current = start({ api, userId: user, token }); };
    document.body ? begin() : document.addEventListener("DOMContentLoaded", begin);
  }
})();
