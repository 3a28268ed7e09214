// What stands in the rooms, drawn: messages, cards, buttons, reactions, and what a screen reader is told.
//
// Every text is hostile: nodes are made with make() and textContent, never from HTML.
"use strict";

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
    known.classList.toggle("pinned", Boolean(entry.content.bot?.pinned));
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
  if (entry.content.bot?.pinned) {
    element.classList.add("pinned");
    log.prepend(element);
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
  if (content.bot?.pinned) head.append(" ", make("span", { className: "tag" }, say("pinned")));
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
  if (message.native) return [drawPoll(entry, message.native)];
  const nodes = [];
  if (message.title) nodes.push(make("h3", {}, message.title));
  nodes.push(...message.body.map(drawBlock));
  if (message.image) nodes.push(drawImage(entry, message.image));
  if (entry.room === data.buttonRoom || entry.room === "prive") nodes.push(...drawControls(entry, message.actions));
  nodes.push(drawLinks(message.actions));
  if (message.footer) nodes.push(make("p", { className: "footer" }, message.footer));
  const reactions = drawReactions(entry, message);
  if (reactions) nodes.push(reactions);
  return [make("div", { className: "card" }, ...nodes)];
}

/** The server draws it; its words are read aloud in its place. */
function drawImage(entry, image) {
  const picture = make("img", { className: "picture", src: `/images/${encodeURIComponent(entry.id)}`, alt: image.alt });
  picture.addEventListener("load", () => {
    // It came below what was scrolled to.
    const log = picture.closest(".log");
    const below = log ? log.scrollHeight - log.scrollTop - log.clientHeight : Infinity;
    if (below < picture.offsetHeight + 120) log.scrollTop = log.scrollHeight;
  });
  return picture;
}

/** A poll of the network's own: who answers is between the page and whoever sits in front of it. */
function drawPoll(entry, poll) {
  const mine = entry.votes.find((vote) => vote.who === me)?.chosen ?? [];
  const boxes = poll.answers.map((_, at) => make("input", {
    type: poll.several ? "checkbox" : "radio", name: entry.id, value: at, checked: mine.includes(at),
    disabled: poll.ended !== null, "data-key": `${entry.id} ${at}`,
  }));
  const lines = poll.answers.map((answer, at) => {
    const count = entry.votes.filter((vote) => vote.chosen.includes(at)).length;
    return make("label", { className: "check" }, boxes[at], " ", answer, " ",
      make("small", {}, say("poll-votes", { count })));
  });
  const button = make("button", { type: "button", className: "primary", "data-key": `${entry.id} go` }, say("poll-answer"));
  button.addEventListener("click", () => once(button, () => act(entry.room, { vote: {
    message: entry.id, chosen: boxes.flatMap((box, at) => box.checked ? [at] : []),
  } })));
  return make("div", { className: "card poll" },
    make("fieldset", { className: "menu" }, make("legend", {}, poll.question), ...lines, poll.ended === null ? button : null),
    poll.ended === null ? null : make("p", { className: "footer" }, poll.ended));
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
    if (address(action)) continue;
    if (action.control?.menu) {
      menus.push(drawMenu(room, action));
      continue;
    }
    if (action.control?.several) {
      menus.push(drawSeveral(room, action));
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

/** Where a link leads. A control may be a word, and words have a method of that name. */
function address(action) {
  const link = action.control?.link;
  return typeof link === "string" ? link : null;
}

/** Pages that open beside this one; the server makes their addresses. */
function drawLinks(actions) {
  const links = actions.filter(address).map((action) =>
    make("a", { href: address(action), target: "_blank", rel: "noopener noreferrer" }, action.label));
  return links.length ? make("p", { className: "links" }, ...links) : null;
}

function drawMenu(room, action) {
  const select = make("select", { "data-key": `${action.invoke} menu` },
    ...action.control.menu.map((choice) => make("option", { value: choice.value, selected: choice.chosen }, choice.label)));
  const button = make("button", { type: "button", className: "primary", "data-key": `${action.invoke} go` }, say("choose"));
  button.addEventListener("click", () => once(button, () =>
    act(room, { press: { invoke: action.invoke, fields: [["choice", select.value]] } })));
  return make("div", { className: "menu" }, make("label", {}, make("span", {}, action.label), select), button);
}

function drawSeveral(room, action) {
  const { choices, most } = action.control.several;
  const boxes = choices.map((choice) => make("input", {
    type: "checkbox", value: choice.value, checked: choice.chosen, "data-key": `${action.invoke} ${choice.value}`,
  }));
  const limit = () => {
    const full = boxes.filter((box) => box.checked).length >= most;
    for (const box of boxes) box.disabled = full && !box.checked;
  };
  for (const box of boxes) box.addEventListener("change", limit);
  limit();
  const button = make("button", { type: "button", className: "primary", "data-key": `${action.invoke} go` }, say("choose"));
  button.addEventListener("click", () => once(button, () => act(room, { press: {
    invoke: action.invoke,
    fields: boxes.filter((box) => box.checked).map((box) => ["choice", box.value]),
  } })));
  return make("fieldset", { className: "menu" }, make("legend", {}, action.label),
    ...boxes.map((box, at) => make("label", { className: "check" }, box, " ", choices[at].label)), button);
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
