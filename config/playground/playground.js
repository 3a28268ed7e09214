// The playground's page: who one is, and the talk with the server. rooms.js draws, typing.js takes what is done and
// starts the page; the three are loaded in this order and share their names.
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
