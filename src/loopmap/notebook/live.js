// The live map: one ES module, no imports, nothing from the network.
//
// Python owns the map (live.py). It sends two values: `facts`, what the map says (variables, links,
// loops), and `picture`, how it looks (our own SVG and the geometry behind it). This file shows them,
// lights up loops, and sends what people do as messages `{do: "move" | "rename" | ...}`.
// A thing is known by its key: "var-…", "link-…" or "loop-…", the same in facts, picture and SVG.
//
//   1 geometry    pure: curves that follow a dragged variable
//   2 meaning     pure: what lights up, what is listed, how a loop reads
//   3 page        small helpers that make elements (names only ever enter as text)
//   4 stage       the SVG: hover, pin, drag, zoom, pan, keyboard
//   5 panel       the loop list, its filters, the inspector, the toolbar
//   6 render      puts it together; what anywidget calls

// ---------------------------------------------------------------------------------- 1 geometry

const sum = (p, q) => [p[0] + q[0], p[1] + q[1]];
const distance = (p, q) => Math.hypot(p[0] - q[0], p[1] - q[1]);
const between = (p, q, t) => [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t];

/** The map that turns, scales and moves chord a→b onto c→d; a mere shift if a chord has no length. */
export function similarity(a, b, c, d) {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const n = ux * ux + uy * uy;
  if (n < 1e-9 || vx * vx + vy * vy < 1e-9) return (p) => [p[0] + d[0] - b[0], p[1] + d[1] - b[1]];
  const re = (ux * vx + uy * vy) / n;
  const im = (ux * vy - uy * vx) / n;
  return ([x, y]) => {
    const [px, py] = [x - a[0], y - a[1]];
    return [c[0] + re * px - im * py, c[1] + im * px + re * py];
  };
}

/** Control points of a link whose source and target moved by these vectors, and the map used. */
export function follow(points, bySource, byTarget) {
  const [a, b] = [points[0], points[points.length - 1]];
  const map = similarity(a, b, sum(a, bySource), sum(b, byTarget));
  return { points: points.map(map), map };
}

/** A chain of cubic curves without its last `back` units (never less than a stub). */
export function cutBack(points, back) {
  const at = ([a, b, c, d], t) => {
    const [ab, bc, cd] = [between(a, b, t), between(b, c, t), between(c, d, t)];
    const [abc, bcd] = [between(ab, bc, t), between(bc, cd, t)];
    return [ab, abc, between(abc, bcd, t)];
  };
  const steps = 32;
  for (let i = points.length - 4; i >= 0; i -= 3) {
    const piece = points.slice(i, i + 4);
    let last = piece[3];
    for (let j = steps - 1; j >= 0; j--) {
      const here = at(piece, j / steps)[2];
      const length = distance(here, last);
      if (length >= back && length > 0) {
        const t = Math.max((j + 1 - back / length) / steps, 1e-3);
        return [...points.slice(0, i + 1), ...at(piece, t)];
      }
      back -= length;
      last = here;
    }
  }
  return [points[0], ...at(points.slice(0, 4), 1e-3)];
}

export function pathData(points) {
  const n = ([x, y]) => `${+x.toFixed(2)} ${+y.toFixed(2)}`;
  let d = `M${n(points[0])}`;
  for (let i = 1; i < points.length; i += 3) d += `C${points.slice(i, i + 3).map(n).join(" ")}`;
  return d;
}

/** The name in `boxes` ({key: [x, y, w, h]}) that lies next in a direction; `from` if none does. */
export function neighbour(boxes, from, [dx, dy]) {
  const [x, y] = boxes[from];
  let best = from;
  let least = Infinity;
  for (const [key, [bx, by]] of Object.entries(boxes)) {
    const [ahead, aside] = [(bx - x) * dx + (by - y) * dy, (bx - x) * dy - (by - y) * dx];
    if (key === from || ahead <= 0 || Math.abs(aside) > 2 * ahead) continue;
    const cost = ahead + 2 * Math.abs(aside);
    if (cost < least) [best, least] = [key, cost];
  }
  return best;
}

/** A view [x, y, width, height] made larger by `factor` about a point that stays where it is. */
export function zoomed([x, y, w, h], factor, [px, py]) {
  return [px - (px - x) * factor, py - (py - y) * factor, w * factor, h * factor];
}

/** The free place nearest to `at` for a box of this size, going round it in widening rings. */
export function freePlace(boxes, at, [width, height]) {
  const free = ([x, y]) =>
    Object.values(boxes).every(([bx, by, w, h]) =>
      Math.abs(x - bx) > (w + width) / 2 || Math.abs(y - by) > (h + height) / 2);
  for (let ring = 0; ring < 60; ring++) {
    for (let i = 0; i < Math.max(1, 8 * ring); i++) {
      const angle = (i / Math.max(1, 8 * ring)) * 2 * Math.PI;
      const place = sum(at, [ring * height * Math.cos(angle), ring * height * Math.sin(angle)]);
      if (free(place)) return place;
    }
  }
  return at;
}

// ----------------------------------------------------------------------------------- 2 meaning

const KINDS = { R: "reinforcing", B: "balancing", U: "undetermined" };
const SIGNS = { positive: "+", negative: "−", unknown: "?", mixed: "±" };

/** The loops (places in facts.loops) that a variable, link or loop is part of. */
export function loopsOf(facts, key) {
  const through = facts.loops.map((loop, i) => [loop, i]);
  const is = key.startsWith("loop-")
    ? (loop) => `loop-${loop.id}` === key
    : (loop) => loop.links.some((l) => {
      const link = facts.links[l];
      return link.key === key || link.source === key;
    });
  return through.filter(([loop]) => is(loop)).map(([, i]) => i);
}

/** Everything that stands out when `key` is pointed at: a set of keys. */
export function lit(facts, key) {
  const found = new Set(key ? [key] : []);
  const light = (link) => {
    found.add(link.key).add(link.source).add(link.target);
  };
  for (const i of key ? loopsOf(facts, key) : []) {
    found.add(`loop-${facts.loops[i].id}`);
    facts.loops[i].links.forEach((l) => light(facts.links[l]));
  }
  for (const link of facts.links) {
    if (key && [link.key, link.source, link.target].includes(key)) light(link);
  }
  return found;
}

/** ` by way of practice`, where a link has a route. */
const via = (link) => (link.route ? ` by way of ${link.route}` : "");

/** `R1 The blame spiral, reinforcing: Blame reduces Trust, which increases …` */
export function loopWords(facts, loop) {
  const steps = loop.links.map((l) => {
    const link = facts.links[l];
    const late = link.delayed ? " after a delay" : "";
    return `${link.verb} ${facts.names[link.target]}${via(link)}${late}`;
  });
  const start = facts.names[facts.links[loop.links[0]].source];
  return `${[loop.label, loop.name].filter(Boolean).join(" ")}, ${KINDS[loop.kind]}: ` +
    `${start} ${steps.join(", which ")}.`;
}

/** What a screen reader hears, and the line under the map says, about one thing. */
export function words(facts, key) {
  if (!key) return "";
  if (key.startsWith("loop-")) {
    const loop = facts.loops.find((l) => `loop-${l.id}` === key);
    return loop ? loopWords(facts, loop) : "";
  }
  const link = facts.links.find((l) => l.key === key);
  const said = link
    ? `${facts.names[link.source]} ${link.verb} ${facts.names[link.target]}${via(link)}` +
      (link.delayed ? " after a delay" : "") +
      (link.by.length ? ` (says ${link.by.join(", ")})` : "")
    : facts.names[key];
  if (!said) return "";
  const loops = loopsOf(facts, key).map((i) => facts.loops[i]);
  if (loops.length === 1) return `${said}. In one loop. ${loopWords(facts, loops[0])}`;
  const some = loops.slice(0, 12).map((l) => l.label).join(", ");
  const more = loops.length > 12 ? " …" : "";
  return `${said}. ${loops.length ? `In ${loops.length} loops: ${some}${more}` : "In no loop"}.`;
}

const NOBODY = "\u0000nobody";

const ORDERS = {
  story: (a, b) => a.story - b.story,
  length: (a, b) => a.links.length - b.links.length || a.story - b.story,
  kind: (a, b) => "RBU".indexOf(a.kind) - "RBU".indexOf(b.kind) || a.story - b.story,
  name: (a, b) => !a.name - !b.name || a.name.localeCompare(b.name) || a.story - b.story,
};

/** The loops a filter {kinds, through, agency, text, order} lets through, in its order. */
export function shownLoops(facts, filter) {
  const text = filter.text.trim().toLowerCase();
  const through = filter.through && new Set(loopsOf(facts, filter.through));
  return facts.loops
    .filter((loop, i) =>
      filter.kinds.includes(loop.kind) &&
      (!through || through.has(i)) &&
      (!filter.agency ||
        (filter.agency === NOBODY ? !loop.whole.length : loop.agencies.includes(filter.agency))) &&
      (!text || loopWords(facts, loop).toLowerCase().includes(text)))
    .sort(ORDERS[filter.order]);
}

// -------------------------------------------------------------------------------------- 3 page

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`onclick`, …), properties (`.value`) and children. */
function make(tag, given = {}, ...children) {
  const element = tag.includes(":")
    ? document.createElementNS(SVG, tag.split(":")[1])
    : document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith(".")) element[name.slice(1)] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function button(text, title, onclick, more = {}) {
  return make("button", { type: "button", title, "aria-label": title, onclick, ...more }, text);
}

function choice(label, options, value, onchange) {
  const select = make("select", { "aria-label": label, title: label, onchange: () => onchange(select.value) },
    ...options.map(([v, text]) => make("option", { value: v }, text)));
  select.value = value;
  return select;
}

function isDark(theme) {
  if (theme !== "auto") return theme === "dark";
  const { jpThemeLight, vscodeThemeKind } = document.body.dataset;
  if (jpThemeLight) return jpThemeLight === "false";
  if (vscodeThemeKind) return vscodeThemeKind.includes("dark");
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function download(name, blob) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function savePicture(picture, name, ending) {
  const svg = new Blob([picture.svg], { type: "image/svg+xml" });
  if (ending === "svg") return download(`${name}.svg`, svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
  await image.decode();
  const canvas = make("canvas");
  [canvas.width, canvas.height] = [2 * picture.box[2], 2 * picture.box[3]].map(Math.round);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return download(`${name}.png`, png);
}

// ------------------------------------------------------------------------------------- 4 stage

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const THINGS = "g.variable, g.link, g.loop";
const FAR = 3; // pixels a pointer moves before a press becomes a drag

/** The SVG and what people do on it; `app` is the hub that `render` makes. */
function makeStage(app) {
  const box = make("div", { class: "lm-stage" });
  let svg = null;
  let groups = new Map();
  let view = null;
  let current = ""; // the one thing Tab comes to

  function draw() {
    const { picture } = app;
    const held = box.contains(document.activeElement) && current;
    const parsed = new DOMParser().parseFromString(picture.svg, "image/svg+xml");
    svg = document.importNode(parsed.documentElement, true);
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.classList.add("lm-map");
    groups = new Map();
    for (const group of svg.querySelectorAll(THINGS)) {
      const key = group.id.slice(picture.prefix.length + 1);
      groups.set(key, group);
      group.dataset.key = key;
      group.setAttribute("tabindex", "-1");
      group.setAttribute("role", "button");
      reach(group, key);
    }
    recolour();
    box.replaceChildren(svg);
    if (!view) view = fitted();
    setView(view);
    if (!groups.has(current)) current = Object.keys(picture.boxes)[0] ?? "";
    groups.get(current)?.setAttribute("tabindex", "0");
    light();
    if (held) focus(groups.has(held) ? held : current);
  }

  /** Thin lines and bare words are hard to hit: lay something invisible and wide on them. */
  function reach(group, key) {
    const { boxes, em } = app.picture;
    if (group.matches(".link")) {
      const body = group.querySelector("path");
      group.append(make("svg:path", { class: "lm-reach", d: body?.getAttribute("d") ?? "", fill: "none", "stroke-width": 0.8 * em }));
    } else if (boxes[key]) {
      const [x, y, w, h] = boxes[key];
      group.prepend(make("svg:rect", { class: "lm-reach lm-frame", x: x - w / 2, y: y - h / 2, width: w, height: h, rx: em / 3 }));
    }
  }

  function recolour() {
    const { dark } = app.picture;
    if (!app.dark || !dark) return;
    for (const element of svg.querySelectorAll("[fill], [stroke]")) {
      for (const name of ["fill", "stroke"]) {
        const colour = dark[element.getAttribute(name)];
        if (colour) element.setAttribute(name, colour);
      }
    }
  }

  function light() {
    const on = lit(app.facts, app.pointed());
    svg.classList.toggle("lm-dim", on.size > 0);
    for (const [key, group] of groups) {
      group.classList.toggle("lm-on", on.has(key));
      group.setAttribute("aria-pressed", String(key === app.selected));
      group.classList.toggle("lm-pinned", key === app.selected);
    }
  }

  // -- looking at it

  const fitted = () => [...app.picture.box];
  function setView(next) {
    view = next;
    svg.setAttribute("viewBox", view.map((n) => n.toFixed(2)).join(" "));
  }
  const fit = () => setView(fitted());
  function zoom(factor, at = [view[0] + view[2] / 2, view[1] + view[3] / 2]) {
    const wide = (view[2] * factor) / app.picture.box[2];
    if (wide > 0.05 && wide < 8) setView(zoomed(view, factor, at));
  }
  function onMap(event) {
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [p.x, p.y];
  }

  // -- pointing, pinning, dragging

  const keyAt = (event) => event.target.closest?.(THINGS)?.dataset.key ?? "";
  // a press captures the pointer, so the target of a double click is the whole SVG
  const keyUnder = (event) =>
    keyAt({ target: box.getRootNode().elementFromPoint(event.clientX, event.clientY) ?? box });

  function press(event) {
    if (event.button !== 0) return;
    const key = keyAt(event);
    const movable = key in app.picture.boxes;
    const from = view;
    let by = null;
    // fixed while panning, or the map would run away from under the pointer
    const scale = svg.getScreenCTM().a;
    svg.setPointerCapture(event.pointerId);
    const move = (e) => {
      const pixels = [e.clientX - event.clientX, e.clientY - event.clientY];
      if (!by && Math.hypot(...pixels) < FAR) return;
      by = pixels.map((n) => n / scale);
      if (movable && !app.linking) drag(key, by);
      else setView([from[0] - by[0], from[1] - by[1], from[2], from[3]]);
    };
    const done = (e) => {
      svg.removeEventListener("pointermove", move);
      svg.removeEventListener("pointerup", done);
      svg.removeEventListener("pointercancel", done);
      if (e.type === "pointercancel") return draw();
      if (!by) return pick(key);
      if (movable && !app.linking) drop(key, by);
      return undefined;
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", done);
    svg.addEventListener("pointercancel", done);
    if (key) setCurrent(key);
  }

  function pick(key) {
    if (app.linking && key.startsWith("var-")) return app.link(app.linking, key);
    if (app.linking) return app.startLink("");
    return app.select(key === app.selected ? "" : key);
  }

  /** Move a variable's group and let its links and loop badges follow. */
  function drag(key, by) {
    const { picture, facts } = app;
    app.hover("");
    groups.get(key).setAttribute("transform", `translate(${by[0]} ${by[1]})`);
    for (const link of facts.links) {
      const route = picture.routes[link.key];
      if (!route || ![link.source, link.target].includes(key)) continue;
      bend(groups.get(link.key), route, link.source === key ? by : [0, 0], link.target === key ? by : [0, 0]);
    }
    for (const i of loopsOf(facts, key)) {
      const badge = groups.get(`loop-${facts.loops[i].id}`);
      const share = facts.loops[i].links.length;
      badge?.setAttribute("transform", `translate(${by[0] / share} ${by[1] / share})`);
    }
  }

  function bend(group, route, bySource, byTarget) {
    const { points, map } = follow(route.points, bySource, byTarget);
    const shaft = cutBack(points, app.picture.head);
    const tip = (p) => p[p.length - 1];
    const heading = (p, q) => Math.atan2(tip(p)[1] - tip(q)[1], tip(p)[0] - tip(q)[0]);
    const turn = heading(points, shaft) - heading(route.points, cutBack(route.points, app.picture.head));
    const [body, arrow, ...bars] = group.querySelectorAll("path:not(.lm-reach)");
    body.setAttribute("d", pathData(shaft));
    group.querySelector(".lm-reach").setAttribute("d", pathData(shaft));
    arrow?.setAttribute("transform", turned(tip(route.points), tip(points), turn));
    const text = group.querySelector("text");
    if (text) text.setAttribute("transform", turned(route.sign, map(route.sign), 0));
    if (route.bars) {
      const at = route.bars.slice(0, 2);
      const [p, q] = [map(at), map([at[0] + Math.cos(route.bars[2]), at[1] + Math.sin(route.bars[2])])];
      const angle = Math.atan2(q[1] - p[1], q[0] - p[0]) - route.bars[2];
      bars.forEach((bar) => bar.setAttribute("transform", turned(at, p, angle)));
    }
  }

  const turned = (from, to, angle) =>
    `translate(${to[0]} ${to[1]}) rotate(${(angle * 180) / Math.PI}) translate(${-from[0]} ${-from[1]})`;

  function drop(key, by) {
    const [x, y] = sum(app.picture.boxes[key], by);
    app.send({ do: "move", key, x, y });
  }

  // -- keyboard: one stop for Tab, arrows from there

  function setCurrent(key) {
    groups.get(current)?.setAttribute("tabindex", "-1");
    current = key;
    groups.get(key)?.setAttribute("tabindex", "0");
  }
  function focus(key) {
    groups.get(key)?.focus({ preventScroll: true });
  }

  function roam(event) {
    const { boxes } = app.picture;
    const link = app.facts.links.find((l) => l.key === current);
    const from = boxes[current] ? current : link?.target ?? Object.keys(boxes)[0];
    const way = ARROWS[event.key];
    if (event.shiftKey && boxes[current]) {
      const step = event.altKey ? 1 : 12;
      return app.send({ do: "move", key: current, x: boxes[current][0] + way[0] * step, y: boxes[current][1] + way[1] * step });
    }
    return focus(boxes[current] ? neighbour(boxes, from, way) : from);
  }

  /** The next link at the variable (or at the source of the link) that has the focus. */
  function nextLink(step) {
    const { links } = app.facts;
    const here = links.find((l) => l.key === current);
    const hub = here?.source ?? current;
    const around = links.filter((l) => l.source === hub || (!here && l.target === hub)).map((l) => l.key);
    if (around.length) focus(around[(around.indexOf(current) + step + around.length) % around.length]);
  }

  function nextByName(step) {
    const { names } = app.facts;
    const keys = Object.keys(names).sort((a, b) => names[a].localeCompare(names[b]));
    focus(keys[(keys.indexOf(current) + step + keys.length) % keys.length]);
  }

  const COMMANDS = {
    Enter: () => pick(current),
    " ": () => pick(current),
    Escape: () => (app.linking ? app.startLink("") : app.select("")),
    Delete: () => app.remove(current),
    Backspace: () => app.remove(current),
    F2: () => app.edit(current),
    n: () => app.addVariable(),
    l: () => current.startsWith("var-") && app.startLink(current),
    ".": () => nextLink(1),
    ",": () => nextLink(-1),
    ">": () => nextByName(1),
    "<": () => nextByName(-1),
    "]": () => app.step(1),
    "[": () => app.step(-1),
    f: fit,
    PageUp: () => zoom(0.8),
    PageDown: () => zoom(1.25),
    "+": () => app.sign(current, "positive"),
    "-": () => app.sign(current, "negative"),
    "?": () => app.sign(current, "unknown"),
    d: () => app.delay(current),
  };

  function typed(event) {
    if (event.ctrlKey || event.metaKey) return;
    const command = ARROWS[event.key] ? () => roam(event) : COMMANDS[event.key];
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command();
  }

  box.addEventListener("pointerover", (e) => app.hover(keyAt(e)));
  box.addEventListener("pointerleave", () => app.hover(""));
  box.addEventListener("focusin", (e) => {
    setCurrent(keyAt(e));
    app.hover(keyAt(e));
  });
  box.addEventListener("focusout", () => app.hover(""));
  box.addEventListener("pointerdown", (e) => svg.contains(e.target) && press(e));
  box.addEventListener("keydown", typed);
  box.addEventListener("dblclick", (e) => {
    const key = keyUnder(e);
    if (key) app.edit(key);
    else app.addVariable(onMap(e));
  });
  box.addEventListener("wheel", (e) => {
    if (!e.ctrlKey && !e.metaKey) return; // plain scrolling stays the page's
    e.preventDefault();
    zoom(e.deltaY > 0 ? 1.1 : 1 / 1.1, onMap(e));
  }, { passive: false });

  return { box, draw, light, fit, zoom, focus, middle: () => [view[0] + view[2] / 2, view[1] + view[3] / 2] };
}

// ------------------------------------------------------------------------------------- 5 panel

const MOST_ROWS = 300;

function makePanel(app) {
  const filter = { kinds: ["R", "B", "U"], through: "", agency: "", text: "", order: "story" };
  const filters = make("div", { class: "lm-filters" });
  const list = make("ul", { class: "lm-loops", role: "listbox", "aria-label": "Loops", tabindex: "0" });
  const count = make("p", { class: "lm-count" });
  const inspector = make("div", { class: "lm-inspector", "aria-label": "What is chosen" });
  const box = make("div", { class: "lm-panel" }, filters, list, count, inspector);

  function change(part) {
    Object.assign(filter, part);
    drawList();
  }

  function drawFilters() {
    const { facts } = app;
    if (!facts.names[filter.through]) filter.through = "";
    if (!facts.agencies.includes(filter.agency) && filter.agency !== NOBODY) filter.agency = "";
    const chips = Object.entries(KINDS).map(([kind, word]) => {
      const chip = button(kind, `show ${word} loops`, () => {
        const on = filter.kinds.includes(kind);
        change({ kinds: on ? filter.kinds.filter((k) => k !== kind) : [...filter.kinds, kind] });
        chip.setAttribute("aria-pressed", String(!on));
      }, { class: `lm-chip lm-${kind}`, "aria-pressed": String(filter.kinds.includes(kind)) });
      return chip;
    });
    const names = Object.entries(facts.names).sort((a, b) => a[1].localeCompare(b[1]));
    const search = make("input", { type: "search", placeholder: "search", "aria-label": "Search the loops", ".value": filter.text, oninput: () => change({ text: search.value }) });
    filters.replaceChildren(
      make("span", { class: "lm-chips" }, ...chips),
      search,
      choice("Order of the loops", [["story", "as a story"], ["length", "shortest first"], ["kind", "by kind"], ["name", "by name"]], filter.order, (order) => change({ order })),
      choice("Only loops through", [["", "through anything"], ...names.map(([k, n]) => [k, `through ${n}`])], filter.through, (through) => change({ through })),
      ...(facts.agencies.length
        ? [choice("Only loops an agency is part of", [["", "any agency"], ...facts.agencies.map((a) => [a, a]), [NOBODY, "seen whole by nobody"]], filter.agency, (agency) => change({ agency }))]
        : []),
    );
  }

  function row(loop) {
    const key = `loop-${loop.id}`;
    const names = [...new Set(loop.links.map((l) => app.facts.names[app.facts.links[l].source]))];
    return make("li", {
      role: "option", id: `${app.uid}-${key}`, "data-key": key, class: `lm-${loop.kind}`, "aria-selected": String(key === app.selected),
      onclick: () => app.select(key === app.selected ? "" : key),
      onpointerenter: () => app.hover(key), onpointerleave: () => app.hover(""),
    }, make("b", {}, loop.label), make("span", {}, loop.name || names.join(", ")),
    make("small", {}, `${loop.links.length}${loop.delayed ? " //" : ""}`));
  }

  function drawList() {
    const loops = shownLoops(app.facts, filter);
    list.replaceChildren(...loops.slice(0, MOST_ROWS).map(row));
    const all = app.facts.loops.length;
    const shown = loops.length === all ? `${all} loops` : `${loops.length} of ${all} loops`;
    const cut = loops.length > MOST_ROWS ? `; the first ${MOST_ROWS} are listed` : "";
    count.textContent = `${shown}${cut}${app.facts.note ? `. ${app.facts.note}` : ""}`;
    app.listed = loops;
    mark();
  }

  function mark() {
    let chosen = null;
    for (const item of list.children) {
      const on = item.dataset.key === app.selected;
      item.setAttribute("aria-selected", String(on));
      item.classList.toggle("lm-on", item.dataset.key === app.hovered);
      if (on) chosen = item;
    }
    if (chosen) {
      list.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView?.({ block: "nearest" });
    } else list.removeAttribute("aria-activedescendant");
  }

  list.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) app.step(by);
    else if (event.key === "Escape") app.select("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function inspect() {
    const key = app.selected;
    const link = app.facts.links.find((l) => l.key === key);
    if (link) return inspector.replaceChildren(...linkParts(app, link));
    if (app.facts.names[key] !== undefined) return inspector.replaceChildren(...variableParts(app, key));
    const said = words(app.facts, key) || "Point at a name, a line or a badge: its loops light up. Click keeps them.";
    return inspector.replaceChildren(make("p", {}, said));
  }

  return { box, drawFilters, drawList, mark, inspect, inspector };
}

function variableParts(app, key) {
  const name = app.facts.names[key];
  const about = app.facts.about[key] ?? {};
  const input = make("input", { class: "lm-name", "aria-label": "Name", ".value": name });
  const form = make("form", {
    onsubmit: (e) => {
      e.preventDefault();
      if (input.value !== name) app.send({ do: "rename", key, name: input.value });
    },
  }, input, button("rename", "Rename (Enter)", () => form.requestSubmit()));
  return [
    form,
    ...(about.notes ?? []).map((note) => make("p", {}, note)),
    about.held?.length ? make("p", {}, `Held by ${about.held.join(", ")}`) : null,
    make("p", { class: "lm-row" },
      button("link to …", "Draw a link from here: choose where it ends next (l)", () => app.startLink(key)),
      button("delete", "Delete this variable and its links (Delete)", () => app.remove(key))),
  ].filter(Boolean);
}

function linkParts(app, link) {
  const { names } = app.facts;
  const claim = (said, i) => {
    const signs = Object.entries(SIGNS).map(([polarity, sign]) =>
      button(sign, `${polarity} sign`, () => app.send({ do: "claim", key: link.key, claim: i, polarity }), { "aria-pressed": String(said.polarity === polarity), class: "lm-sign" }));
    const delayed = make("input", { type: "checkbox", ".checked": said.delayed, onchange: () => app.send({ do: "claim", key: link.key, claim: i, delayed: delayed.checked }) });
    return make("div", { class: "lm-claim" },
      said.by ? make("b", {}, said.by) : null,
      make("span", { role: "group", "aria-label": "Sign" }, ...signs),
      make("label", {}, delayed, "delay //"),
      said.quote ? make("q", {}, said.quote) : null);
  };
  return [
    make("p", {}, make("b", {}, `${names[link.source]} → ${names[link.target]}`), via(link)),
    ...link.claims.map(claim),
    make("p", { class: "lm-row" }, button("delete", "Delete this link (Delete)", () => app.remove(link.key))),
  ];
}

function makeToolbar(app) {
  const undo = button("↶", "Undo (Ctrl+Z)", () => app.send({ do: "undo" }));
  const redo = button("↷", "Redo (Ctrl+Shift+Z)", () => app.send({ do: "redo" }));
  const save = (ending) => () => savePicture(app.picture, app.fileName(), ending);
  const menu = make("details", { class: "lm-menu" },
    make("summary", { title: "Save the picture", "aria-label": "Save the picture" }, "save"),
    make("div", {}, button("as SVG", "Save the picture as SVG", save("svg")), button("as PNG", "Save the picture as PNG", save("png"))));
  const box = make("div", { class: "lm-toolbar", role: "toolbar", "aria-label": "Map" },
    button("◀", "Previous loop ([)", () => app.step(-1)), button("▶", "Next loop (])", () => app.step(1)),
    make("span", { class: "lm-gap" }),
    button("+ variable", "New variable (n, or double-click the map)", () => app.addVariable()),
    undo, redo, make("span", { class: "lm-gap" }),
    button("−", "Zoom out (PageDown)", () => app.stage.zoom(1.25)), button("+", "Zoom in (PageUp)", () => app.stage.zoom(0.8)),
    button("fit", "Fit the map (f)", () => app.stage.fit()), menu);
  function drawState() {
    undo.disabled = !app.facts.can_undo;
    redo.disabled = !app.facts.can_redo;
  }
  return { box, drawState };
}

// ------------------------------------------------------------------------------------ 6 render

let made = 0;

function render({ model, el }) {
  const app = {
    uid: `lm-${++made}`,
    facts: model.get("facts"),
    picture: model.get("picture"),
    selected: model.get("selected"),
    hovered: "",
    linking: "",
    listed: [],
    dark: false,
    pointed: () => app.hovered || app.selected,
    send: (message) => {
      app.problem = "";
      model.send(message);
    },
    problem: "",
    fileName: () => (app.facts.title || "map").replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase().slice(0, 60),
  };

  app.hover = (key) => {
    if (key === app.hovered) return;
    app.hovered = key;
    model.set("hovered", key);
    model.save_changes();
    app.stage.light();
    app.panel.mark();
    tell();
  };
  app.select = (key) => {
    app.problem = "";
    if (key === app.selected) return tell();
    model.set("selected", key);
    return model.save_changes();
  };
  app.step = (by) => {
    const keys = app.listed.map((loop) => `loop-${loop.id}`);
    if (!keys.length) return;
    const at = keys.indexOf(app.selected);
    app.select(keys[at < 0 ? (by > 0 ? 0 : keys.length - 1) : (at + by + keys.length) % keys.length]);
  };
  app.startLink = (key) => {
    app.linking = key;
    root.classList.toggle("lm-linking", Boolean(key));
    tell();
  };
  app.link = (source, target) => {
    app.startLink("");
    app.send({ do: "link", source, target });
  };
  app.remove = (key) => key && !key.startsWith("loop-") && app.send({ do: "remove", key });
  app.sign = (key, polarity) => key.startsWith("link-") && app.send({ do: "claim", key, claim: 0, polarity });
  app.delay = (key) => {
    const link = app.facts.links.find((l) => l.key === key);
    if (link) app.send({ do: "claim", key, claim: 0, delayed: !link.claims[0].delayed });
  };
  app.addVariable = (at) => {
    const { boxes, em } = app.picture;
    const [x, y] = at ?? freePlace(boxes, app.stage.middle(), [9 * em, 2.5 * em]);
    app.send({ do: "add", x, y });
  };
  app.edit = (key) => {
    app.select(key);
    const input = app.panel.inspector.querySelector("input, button");
    input?.focus();
    input?.select?.();
  };

  app.stage = makeStage(app);
  app.panel = makePanel(app);
  const toolbar = makeToolbar(app);
  const status = make("p", { class: "lm-status", role: "status", "aria-live": "polite" });
  const root = make("div", { class: "lm-widget", "data-lm-suppress-shortcuts": "true", "data-jp-suppress-context-menu": "true" },
    toolbar.box, make("div", { class: "lm-body" }, app.stage.box, app.panel.box), status);

  /** The line under the map: what is pointed at, in words; or why Python said no, until the next try. */
  function tell() {
    root.classList.toggle("lm-problem", Boolean(app.problem));
    const from = app.facts.names[app.linking];
    status.textContent = app.problem ||
      (from !== undefined ? `A link from ${from} to …? Choose where it ends, or press Escape.` : words(app.facts, app.pointed()));
  }

  const redraw = {
    facts() {
      app.facts = model.get("facts");
      app.panel.drawFilters();
      app.panel.drawList();
      app.panel.inspect();
      toolbar.drawState();
      app.stage.light();
      tell();
    },
    picture() {
      app.picture = model.get("picture");
      app.stage.draw();
    },
    selected() {
      app.selected = model.get("selected");
      app.stage.light();
      app.panel.mark();
      app.panel.inspect();
      tell();
    },
    theme() {
      app.dark = isDark(model.get("theme"));
      root.classList.toggle("lm-dark", app.dark);
      app.stage.draw();
    },
    height() {
      root.style.setProperty("--lm-height", `${model.get("height")}px`);
    },
  };
  const heard = (message) => {
    if (message.problem !== undefined) {
      app.problem = message.problem;
      tell();
      app.stage.draw(); // put back what was dragged
    }
    if (message.edit) app.edit(message.edit);
  };

  root.addEventListener("keydown", (event) => {
    const undoing = (event.ctrlKey || event.metaKey) && { z: "undo", y: "redo", Z: "redo" }[event.key];
    if (undoing && !event.target.matches("input")) {
      event.preventDefault();
      app.send({ do: event.shiftKey ? "redo" : undoing });
    }
    event.stopPropagation(); // the notebook's own keys stay outside
  });

  const quit = new AbortController();
  for (const [trait, draw] of Object.entries(redraw)) model.on(`change:${trait}`, draw);
  model.on("msg:custom", heard);
  const watching = new MutationObserver(redraw.theme);
  watching.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw.theme, { signal: quit.signal });

  redraw.height();
  redraw.theme();
  redraw.facts();
  el.append(root);
  return () => {
    for (const [trait, draw] of Object.entries(redraw)) model.off(`change:${trait}`, draw);
    model.off("msg:custom", heard);
    watching.disconnect();
    quit.abort();
  };
}

export default { render };
