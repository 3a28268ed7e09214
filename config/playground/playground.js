// The playground's page: draws what the server tells, and tells the server what is done.
//
// Every text is hostile: nodes are made with createElement and textContent, never from HTML.
// Words come from the data block; this file holds none. Ids of words stand literally in calls of say: a test compares them.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const personas = new Map(data.personas.map((persona) => [persona.id, persona]));

function say(id, values = {}) {
  let text = data.words[id] ?? id;
  for (const [name, value] of Object.entries(values)) text = text.split(`%${name}%`).join(value);
  return text;
}

/** An element with properties, attributes (names with a dash, and role) and children. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// ---------------------------------------------------------------- who one is

function remembered() {
  const wanted = location.hash.slice(1);
  return personas.has(wanted) ? wanted : data.personas[0].id;
}
let me = remembered();

function showPersonas() {
  byId("personas").replaceChildren(...data.personas.map((persona) => {
    const radio = make("input", { type: "radio", name: "persona", value: persona.id, checked: persona.id === me });
    radio.addEventListener("change", () => become(persona.id));
    return make("label", { className: "persona" }, radio, avatar(persona.id),
      make("span", { className: "who" }, make("b", {}, persona.name), make("small", {}, persona.part)));
  }));
  document.querySelector(".persona :checked").closest("label").scrollIntoView({ block: "nearest", inline: "center" });
}

function become(id) {
  me = id;
  history.replaceState(null, "", `#${id}`);
  keepPersonaInLinks();
  showTries();
  listen();
}

function keepPersonaInLinks() {
  for (const link of document.querySelectorAll(".languages a")) link.hash = me;
}

function avatar(id) {
  const persona = personas.get(id);
  return make("span", { className: `avatar ${persona ? persona.id : "bot"}`, "aria-hidden": "true" },
    persona ? persona.name.slice(0, 1) : "");
}

// ---------------------------------------------------------------- the server

let source = null;
const entries = new Map();

function listen() {
  source?.close();
  source = new EventSource(`/events?persona=${encodeURIComponent(me)}&lang=${encodeURIComponent(data.language)}`);
  source.addEventListener("open", () => trouble(""));
  source.addEventListener("error", () => trouble(say("offline")));
  source.addEventListener("state", (event) => showState(JSON.parse(event.data)));
  source.addEventListener("entry", (event) => showEntry(JSON.parse(event.data)));
  source.addEventListener("clock", (event) => { byId("now").textContent = JSON.parse(event.data).now; });
}

async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  } catch {
    trouble(say("failed"));
    return null;
  }
}

async function act(room, deed) {
  const answer = await post("/act", { persona: me, room, language: data.language, deed });
  if (answer !== null) trouble("");
  if (answer?.ask && room === data.buttonRoom) openForm(room, answer.ask);
  return answer;
}

function trouble(text) {
  byId("trouble").textContent = text;
  byId("trouble").hidden = text === "";
}

let announcing = 0;
function announce(text) {
  // Cleared first, so that the same words twice are read twice.
  byId("announce").textContent = "";
  clearTimeout(announcing);
  announcing = setTimeout(() => { byId("announce").textContent = text; }, 60);
}

// ---------------------------------------------------------------- rooms

function logOf(entry) {
  if (entry.room === "prive") return byId("private-log");
  return document.querySelector(`[data-room="${CSS.escape(entry.room)}"] .log`);
}

function showState(state) {
  byId("now").textContent = state.now;
  entries.clear();
  for (const log of document.querySelectorAll(".log")) {
    log.replaceChildren();
    delete log.dataset.day;
  }
  byId("private").hidden = true;
  for (const entry of state.entries) place(entry);
  for (const log of document.querySelectorAll(".log")) log.scrollTop = log.scrollHeight;
}

function showEntry(entry) {
  const log = logOf(entry);
  const isNew = !entries.has(entry.id);
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  place(entry);
  if (isNew && (atEnd || entry.private)) {
    const element = byEntry(entry.id);
    // The beginning of what is longer than the room, the end of everything else.
    if (entry.thread) element.scrollIntoView({ block: "nearest" });
    else if (element.offsetHeight > log.clientHeight) element.scrollIntoView({ block: "start" });
    else log.scrollTop = log.scrollHeight;
  }
  if (isNew) markUnseen(log);
  speak(entry, isNew);
}

function byEntry(id) {
  return document.querySelector(`[data-entry="${CSS.escape(id)}"]`);
}

/** Draws an entry where it stands, or anew when it is there already. */
function place(entry) {
  entries.set(entry.id, entry);
  const main = draw(entry);
  const known = byEntry(entry.id);
  if (known) {
    const old = known.querySelector(":scope > .main");
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    old.replaceWith(main);
    if (focused) main.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    return;
  }
  const kind = Object.keys(entry.content)[0];
  const element = make("article", { className: `entry ${kind}`, "data-entry": entry.id }, main);
  if (entry.private) element.classList.add("only-me");
  element.classList.add(entry.content.bot?.tone ?? "plain");
  const log = logOf(entry);
  if (entry.room === "prive") byId("private").hidden = false;
  const parent = entry.thread ? byEntry(entry.thread) : null;
  if (parent) {
    let thread = parent.querySelector(":scope > .thread");
    if (!thread) {
      thread = make("div", { className: "thread", role: "group", "aria-label": say("reply") });
      parent.append(thread);
    }
    thread.append(element);
    return;
  }
  if (log.dataset.day !== entry.day) {
    log.append(make("p", { className: "day" }, make("span", {}, entry.day)));
    log.dataset.day = entry.day;
  }
  log.append(element);
}

function nameOf(content) {
  const id = content.words?.persona ?? content.used?.persona;
  return id ? personas.get(id)?.name ?? id : say("bot");
}

function draw(entry) {
  const { content } = entry;
  const time = make("time", { dateTime: entry.datetime }, entry.time);
  if (content.used) {
    return make("div", { className: "main" },
      make("p", { className: "line-used" },
        avatar(content.used.persona),
        make("span", {}, say("used", { name: nameOf(content), command: content.used.command })), " ", time));
  }
  const head = make("p", { className: "head" }, make("b", {}, nameOf(content)), " ", time);
  if (entry.edited) head.append(" ", make("span", { className: "tag" }, say("edited")));
  if (entry.private) {
    const label = entry.thread ? say("reply-only-you") : entry.room === "prive" ? say("private-message") : say("only-you");
    head.append(" ", make("span", { className: "tag lock" }, label));
  }
  const body = content.bot ? drawMessage(entry, content.bot) : [drawTyped(content.words.text)];
  return make("div", { className: "main" },
    avatar(content.words?.persona),
    make("div", { className: "said" }, head, ...body));
}

function drawTyped(text) {
  return make("p", { className: text.startsWith("!") ? "typed command" : "typed" }, text);
}

function drawMessage(entry, message) {
  const nodes = [];
  if (message.title) nodes.push(make("h3", {}, message.title));
  nodes.push(...message.body.map(drawBlock));
  if (entry.room === data.buttonRoom || entry.room === "prive") nodes.push(...drawControls(entry, message.actions));
  if (message.footer) nodes.push(make("p", { className: "footer" }, message.footer));
  const reactions = drawReactions(entry, message);
  if (reactions) nodes.push(reactions);
  return [make("div", { className: "card" }, ...nodes)];
}

function drawBlock(block) {
  const [kind, value] = Object.entries(block)[0];
  switch (kind) {
    case "quote": return make("blockquote", {}, value);
    case "heading": return make("h4", {}, value);
    case "code": return make("pre", { tabIndex: 0 }, make("code", {}, value));
    case "list": return make("ul", {}, ...value.map((item) => make("li", {}, item)));
    case "fields":
      return make("dl", {}, ...value.map(([name, text]) => make("div", {}, make("dt", {}, name), make("dd", {}, text))));
    default: return make("p", { className: "text" }, String(value));
  }
}

function face(action) {
  return action.emoji
    ? [make("span", { className: "emoji", "aria-hidden": "true" }, action.emoji), " ", action.label]
    : [action.label];
}

function drawControls(entry, actions) {
  const room = entry.room === "prive" ? data.buttonRoom : entry.room;
  const buttons = [], menus = [];
  for (const action of actions) {
    if (action.control?.menu) {
      menus.push(drawMenu(room, action));
      continue;
    }
    const button = make("button", {
      type: "button", className: action.control === "primary" ? "primary" : "", "data-key": action.invoke,
    }, ...face(action));
    button.addEventListener("click", () => once(button, () => act(room, { press: { invoke: action.invoke } })));
    buttons.push(button);
  }
  return [...menus, buttons.length ? make("div", { className: "actions" }, ...buttons) : null];
}

function drawMenu(room, action) {
  const select = make("select", { "data-key": `${action.invoke} menu` },
    ...action.control.menu.map((choice) => make("option", { value: choice.value, selected: choice.chosen }, choice.label)));
  const button = make("button", { type: "button", className: "primary", "data-key": `${action.invoke} go` }, say("choose"));
  button.addEventListener("click", () => once(button, () =>
    act(room, { press: { invoke: action.invoke, fields: [["choice", select.value]] } })));
  return make("div", { className: "menu" }, make("label", {}, make("span", {}, action.label), select), button);
}

/** Reactions stand for actions where there are no buttons. The bot puts each there first. */
function drawReactions(entry, message) {
  const own = entry.room !== data.buttonRoom && entry.room !== "prive";
  const offered = own ? message.actions.filter((action) => action.emoji) : [];
  if (!offered.length) return null;
  return make("div", { className: "reactions", role: "group", "aria-label": say("react") }, ...offered.map((action) => {
    const who = entry.reactions.find((reaction) => reaction.emoji === action.emoji)?.who ?? [];
    const names = who.map((id) => personas.get(id)?.name ?? id).join(", ");
    const label = say("reacted", { label: action.label, count: who.length + 1, names });
    const chip = make("button", {
      type: "button", className: "chip", title: label, "aria-label": label,
      "aria-pressed": String(who.includes(me)), "data-key": action.emoji,
    }, make("span", { className: "emoji" }, action.emoji), " ", String(who.length + 1));
    chip.addEventListener("click", () => once(chip, () =>
      act(entry.room, { react: { message: entry.id, emoji: action.emoji } })));
    return chip;
  }));
}

/** Runs something a control started, and lets it start nothing else meanwhile. */
async function once(control, work) {
  if (control.getAttribute("aria-busy") === "true") return;
  control.setAttribute("aria-busy", "true");
  try { await work(); } finally { control.removeAttribute("aria-busy"); }
}

/** What a screen reader is told: new words whole when they are for me, else who says what, in short. */
function speak(entry, isNew) {
  const bot = entry.content.bot;
  const element = byEntry(entry.id)?.querySelector(":scope > .main");
  const short = bot ? bot.title ?? element?.innerText.slice(0, 160) : entry.content.words?.text ?? "";
  const room = logOf(entry).closest("section").querySelector("h2").textContent;
  if (!isNew) {
    if (bot && entry.edited && !element.contains(document.activeElement)) announce(say("card-updated", { title: short }));
  } else if (entry.private) {
    announce(say("new-private", { text: element?.querySelector(".card")?.innerText ?? short }));
  } else if ((entry.content.words ?? entry.content.used)?.persona !== me) {
    announce(say("new-message", { room, name: nameOf(entry.content), text: short }));
  }
}

// ---------------------------------------------------------------- typing

for (const room of document.querySelectorAll(".room")) {
  const form = room.querySelector("form");
  const field = form.elements.text;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    closeCommands();
    const answer = await act(room.dataset.room, { text });
    // What was not sent is not lost.
    if (answer === null && !field.value) field.value = text;
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !event.defaultPrevented) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

function showTries() {
  const { rank } = personas.get(me);
  const fill = (field, text) => {
    field.value = text;
    field.focus();
    closeCommands();
  };
  for (const room of document.querySelectorAll(".room")) {
    const field = room.querySelector("form").elements.text;
    const left = room.dataset.room === data.buttonRoom;
    const texts = left
      ? data.commands.filter((command) => command.example && command.rank <= rank).map((command) => `/${command.name}`)
      : data.examples.filter((example) => rank > 0 || !example.organizer).map((example) => `!${example.text}`);
    const buttons = texts.slice(0, 4).map((text) => {
      const button = make("button", { type: "button", title: text }, text.split("\n")[0]);
      button.addEventListener("click", () => fill(field, text));
      return button;
    });
    room.querySelector(".tries").replaceChildren(make("span", {}, say("examples")), ...buttons);
  }
}

// The list of commands, as the left room's model has it (the ARIA combobox pattern).
const entryField = byId("left-text");
const list = byId("left-commands");
let chosen = -1;

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function closeCommands() {
  list.hidden = true;
  chosen = -1;
  entryField.setAttribute("aria-expanded", "false");
  entryField.removeAttribute("aria-activedescendant");
}

function openCommands() {
  const typed = entryField.value;
  const { rank } = personas.get(me);
  const found = typed.startsWith("/")
    ? data.commands.filter((command) => command.rank <= rank && fold(`/${command.name}`).startsWith(fold(typed.trimEnd())))
    : [];
  const exact = found.length === 1 && fold(`/${found[0].name}`) === fold(typed.trim());
  if (!found.length || exact) {
    closeCommands();
    return;
  }
  list.replaceChildren(...found.map((command, index) => {
    const option = make("li", { role: "option", id: `command-${index}`, "aria-selected": "false" },
      make("b", {}, `/${command.name}`), make("span", {}, command.about));
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
    return option;
  }));
  list.hidden = false;
  chosen = -1;
  entryField.setAttribute("aria-expanded", "true");
  entryField.removeAttribute("aria-activedescendant");
  announce(say("options-found", { count: found.length }));
}

function point(index) {
  chosen = (index + list.children.length) % list.children.length;
  for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(at === chosen));
  entryField.setAttribute("aria-activedescendant", `command-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

function take(index) {
  entryField.value = `${list.children[index].querySelector("b").textContent} `;
  closeCommands();
  entryField.focus();
}

entryField.addEventListener("input", openCommands);
entryField.addEventListener("blur", closeCommands);
// Before the composer's own handler: Enter takes the command that is pointed at.
entryField.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  if (event.key === "ArrowDown") point(chosen + 1);
  else if (event.key === "ArrowUp") point(chosen < 0 ? -1 : chosen - 1);
  else if (event.key === "Escape") closeCommands();
  else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(chosen);
  else return;
  event.preventDefault();
}, { capture: true });

// ---------------------------------------------------------------- forms

const dialog = byId("dialog");
let current = null;

function openForm(room, form) {
  current = { room, form };
  byId("dialog-title").textContent = form.title;
  byId("dialog-error").hidden = true;
  byId("dialog-fields").replaceChildren(...form.fields.map((field, index) => {
    const id = `field-${index}`;
    const input = make(field.long ? "textarea" : "input", {
      id, name: field.name, value: field.value ?? "", required: field.required,
      "aria-describedby": field.hint ? `${id}-hint` : undefined, ...(field.long ? { rows: 4 } : {}),
    });
    return make("div", { className: "field" },
      make("label", { for: id }, field.label, field.required ? make("em", {}, ` ${say("form-required")}`) : null),
      input,
      field.hint ? make("small", { id: `${id}-hint` }, field.hint) : null);
  }));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input, textarea")?.focus();
}

dialog.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { room, form } = current;
  const fields = [...byId("dialog-fields").querySelectorAll("input, textarea")].map((input) => [input.name, input.value]);
  const submit = dialog.querySelector(".primary");
  await once(submit, async () => {
    announce(say("sending"));
    const answer = await act(room, { press: { invoke: form.invoke, fields } });
    if (answer?.ask) return;
    if (answer === null || answer.say?.tone === "error") {
      const text = answer ? [answer.say.title, ...answer.say.body.flatMap(Object.values)].flat(2).filter(Boolean) : [say("failed")];
      byId("dialog-error").textContent = text.join("\n");
      byId("dialog-error").hidden = false;
      return;
    }
    dialog.close();
  });
});
byId("dialog-cancel").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => entryField.focus({ preventScroll: true }));

// ---------------------------------------------------------------- the clock, and narrow screens

for (const button of document.querySelectorAll("[data-advance]")) {
  button.addEventListener("click", () => once(button, async () => {
    const by = button.dataset.advance;
    const answer = await post("/clock", by === "deadline" ? "next_deadline" : { advance_seconds: Number(by) });
    if (answer === null) return;
    trouble("");
    if (answer.moved) announce(say("clock-moved", { now: byId("now").textContent }));
    else trouble(say("no-deadline"));
  }));
}

function show(side) {
  document.body.dataset.shown = side;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === side));
    if (button.dataset.show === side) button.classList.remove("unread");
  }
  const log = document.querySelector(`.room.${side} .log`);
  log.scrollTop = log.scrollHeight;
}
function markUnseen(log) {
  const side = log.closest(".room")?.id;
  if (side && side !== document.body.dataset.shown) document.querySelector(`[data-show="${side}"]`).classList.add("unread");
}
for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => show(button.dataset.show));
addEventListener("hashchange", () => {
  const wanted = remembered();
  if (wanted !== me) {
    become(wanted);
    showPersonas();
  }
});

showPersonas();
keepPersonaInLinks();
showTries();
listen();
