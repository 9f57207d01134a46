// Draws GeoJSON without any outside tiles, and lists its places for the keyboard and the ear.
const L = window.L;
const place = document.getElementById("map");
const list = document.getElementById("places");
const colours = ["#5b3fb4", "#0b7285", "#b4540a", "#2b8a3e", "#a61e4d"];

function nameOf(feature) {
    const properties = feature.properties ?? {};
    return String(properties.name ?? properties.title ?? properties.ten ?? properties["tên"] ?? "");
}

function told(feature) {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = nameOf(feature);
    box.append(name);
    for (const [key, value] of Object.entries(feature.properties ?? {}).slice(0, 12)) {
        if (typeof value === "object" || ["name", "title", "ten", "tên"].includes(key)) continue;
        const line = document.createElement("div");
        line.textContent = `${key}: ${value}`;
        box.append(line);
    }
    return box;
}

const data = await (await fetch(place.dataset.source)).json();
const map = L.map(place, { attributionControl: false, worldCopyJump: true });
let count = 0;
const layer = L.geoJSON(data, {
    style: () => ({ color: colours[count++ % colours.length], weight: 2, fillOpacity: 0.15 }),
    pointToLayer: (_feature, at) => L.circleMarker(at, { radius: 8 }),
    onEachFeature(feature, drawn) {
        drawn.bindPopup(told(feature));
        if (!nameOf(feature)) return;
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = nameOf(feature);
        button.addEventListener("click", () => drawn.openPopup());
        item.append(button);
        list.append(item);
    },
}).addTo(map);
map.fitBounds(layer.getBounds().pad(0.2), { maxZoom: 12 });
L.control.scale({ imperial: false }).addTo(map);
if (!list.children.length) list.closest("section").hidden = true;
