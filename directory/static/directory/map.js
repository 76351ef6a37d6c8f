// The map that moves: everything of it is loaded when somebody presses the button.
// Without this file there are the picture and the list of towns.
const AREA_METRES = 5000;
const TOWN_APART = { x: 84, y: 22 };
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
// The map that is open: it opens again when other results come into the same page.
let current = null;

const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text ?? "";
  return made;
};

function style(href) {
  return new Promise((resolve, reject) => {
    if (document.head.querySelector(`link[href="${href}"]`)) return resolve();
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    // Before our own, which has the last word.
    document.head.prepend(link);
  });
}

async function read(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

// The file says how far each point is from the one before (deploy/outline.py).
function lines(packed, aDegree) {
  return packed.map((steps) => {
    const points = [];
    let x = 0;
    let y = 0;
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      points.push([y / aDegree, x / aDegree]);
    }
    return points;
  });
}

class OpenMap {
  constructor(section, L) {
    this.L = L;
    this.section = section;
    this.words = section.querySelector("[data-map-status]").dataset;
    // A new one, since what comes into the page may be woven into what was there.
    const old = section.querySelector("[data-map-canvas]");
    const canvas = old.cloneNode(false);
    old.replaceWith(canvas);
    canvas.hidden = false;
    section.querySelector("[data-map-picture]").toggleAttribute("hidden", true);
    section.querySelector("[data-map-keys]").hidden = false;
    const isRightToLeft = document.documentElement.dir === "rtl";
    this.map = L.map(canvas, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: false,
      zoomSnap: section.dataset.tiles ? 1 : 0.5,
      zoomAnimation: !isStill,
      fadeAnimation: false,
      minZoom: 1,
      maxZoom: Number(section.dataset.closest),
      maxBounds: [[-85, -180], [85, 195]],
    });
    L.control.zoom({
      position: isRightToLeft ? "topright" : "topleft",
      zoomInTitle: this.words.closer,
      zoomOutTitle: this.words.further,
    }).addTo(this.map);
    this.areas = L.layerGroup().addTo(this.map);
    this.marks = L.layerGroup().addTo(this.map);
    this.towns = L.layerGroup().addTo(this.map);
    this.map.on("moveend", () => this.refresh());
    this.map.on("popupclose", () => this.back?.());
  }

  async start() {
    const { bounds, tiles, outline } = this.section.dataset;
    if (tiles) this.L.tileLayer(tiles, { maxZoom: this.map.getMaxZoom() }).addTo(this.map);
    else this.draw(await read(outline));
    const [west, south, east, north] = bounds.split(",").map(Number);
    this.map.fitBounds([[south, west], [north, east]], { padding: [36, 36], maxZoom: 11 });
  }

  close() {
    this.asking?.abort();
    this.map.off();
    this.map.remove();
  }

  focus() {
    this.map.getContainer().focus({ preventScroll: true });
  }

  // The button stood below the picture: on a phone the map would begin above the screen.
  comeIntoView() {
    this.map.getContainer().scrollIntoView({ block: "center" });
    this.focus();
  }

  draw({ land, borders, a_degree }) {
    const shown = { interactive: false, smoothFactor: 1.5 };
    this.L.polygon(lines(land, a_degree), { ...shown, className: "map-land" }).addTo(this.map);
    this.L.polyline(lines(borders, a_degree), { ...shown, className: "map-borders" }).addTo(this.map);
  }

  async refresh() {
    this.asking?.abort();
    this.asking = new AbortController();
    const address = new URL(this.section.dataset.marks, location.href);
    address.searchParams.set("bounds", this.map.getBounds().pad(0.1).toBBoxString());
    address.searchParams.set("zoom", this.map.getZoom());
    try {
      this.show(await read(address, { signal: this.asking.signal }));
    } catch (error) {
      if (error.name !== "AbortError") this.say(this.words.failed);
    }
  }

  say(words) {
    this.section.querySelector("[data-map-status]").textContent = words;
  }

  show({ marks, areas, towns }) {
    // Whoever came closer by the keyboard is still on the map.
    const hadFocus = document.activeElement?.closest(".map-mark");
    this.areas.clearLayers();
    this.marks.clearLayers();
    this.towns.clearLayers();
    const round = { radius: AREA_METRES, interactive: false, className: "map-area" };
    areas.forEach((at) => this.L.circle(at, round).addTo(this.areas));
    marks.forEach((mark) => this.mark(mark));
    if (!this.section.dataset.tiles) this.nameTowns(towns, marks);
    if (hadFocus) this.focus();
  }

  mark(mark) {
    const button = element("button", mark.is_area ? "map-mark is-area" : "map-mark");
    button.type = "button";
    button.dataset.at = mark.at;
    const number = element("span", "", mark.number);
    number.ariaHidden = "true";
    button.append(number, element("span", "visually-hidden", mark.words));
    button.addEventListener("click", () => (mark.box ? this.closer(mark) : this.tell(mark)));
    this.L.DomEvent.disableClickPropagation(button);
    this.put(mark.at, button, this.marks);
  }

  put(at, html, layer) {
    const icon = this.L.divIcon({ html, className: "map-at", iconSize: [0, 0] });
    this.L.marker(at, { icon, interactive: false, keyboard: false }).addTo(layer);
  }

  closer({ box }) {
    const zoom = this.map.getBoundsZoom(box);
    const further = Math.max(zoom, this.map.getZoom() + 1);
    this.map.setView(this.L.latLngBounds(box).getCenter(), Math.min(further, this.map.getMaxZoom()));
  }

  tell(mark) {
    const told = element("div", "map-told");
    told.dir = document.documentElement.dir || "ltr";
    told.append(element("p", "map-told-words", mark.words));
    const list = element("ul", "");
    mark.groups.forEach(([name, url]) => {
      const link = Object.assign(element("a", "", name), { href: url, dir: "auto" });
      const item = element("li", "");
      item.append(link);
      list.append(item);
    });
    told.append(list);
    if (mark.more) {
      const more = element("p", "");
      more.append(Object.assign(element("a", "", mark.more.words), { href: mark.more.url }));
      told.append(more);
    }
    const { area, areas } = this.words;
    if (mark.has_area) told.append(element("p", "muted", mark.is_area ? area : areas));
    this.back = null;
    const popup = this.L.popup({ maxWidth: 260, minWidth: 160 }).setLatLng(mark.at).setContent(told);
    popup.openOn(this.map);
    popup.getElement().querySelector(".leaflet-popup-close-button").ariaLabel = this.words.close;
    told.addEventListener("keydown", (event) => event.key === "Escape" && popup.close());
    told.querySelector("a")?.focus();
    // The map may have moved for the words to be seen, and made this mark anew.
    this.back = () => {
      const again = this.section.querySelector(`[data-at="${mark.at}"]`);
      if (again) again.focus({ preventScroll: true });
      else this.focus();
    };
  }

  // Names that would cover another one, or a mark, are left out.
  nameTowns(towns, marks) {
    const taken = marks.map((mark) => this.map.latLngToContainerPoint(mark.at));
    towns.forEach(([name, latitude, longitude]) => {
      const at = this.map.latLngToContainerPoint([latitude, longitude]);
      const isCovered = taken.some(
        ({ x, y }) => Math.abs(x - at.x) < TOWN_APART.x && Math.abs(y - at.y) < TOWN_APART.y,
      );
      if (isCovered) return;
      taken.push(at);
      const label = element("span", "map-town", name);
      label.ariaHidden = "true";
      this.put([latitude, longitude], label, this.towns);
    });
  }
}

async function open(section) {
  const { script, style: sheet } = section.dataset;
  const status = section.querySelector("[data-map-status]");
  section.querySelector("[data-map-offer]").hidden = true;
  try {
    await Promise.all([import(script), style(sheet)]);
    current?.close();
    current = new OpenMap(section, window.L);
    await current.start();
    status.textContent = status.dataset.opened;
  } catch (error) {
    console.warn(error);
    status.textContent = status.dataset.failed;
  }
}

function ready(section) {
  const offer = section.querySelector("[data-map-offer]");
  if (!offer || "isReady" in section.dataset) return;
  section.dataset.isReady = "";
  offer.hidden = false;
  offer.querySelector("[data-map-open]").addEventListener("click", async () => {
    await open(section);
    current?.comeIntoView();
  });
  if (current) open(section);
}

const readyAll = () => document.querySelectorAll("[data-map]").forEach(ready);
readyAll();
document.addEventListener("htmx:after:swap", readyAll);
