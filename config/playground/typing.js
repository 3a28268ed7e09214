// What is typed, filled in and pressed outside the rooms: composers, the list of commands, forms, the clock.
"use strict";

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
