// A lamp that turns over a patch of skin. Without scripts three still pictures stand in its place.
// The tone that was chosen is kept in this tab alone, for the lamps of other pages.
const TONE = "lamp-tone";
let chosen;
try {
  chosen = sessionStorage.getItem(TONE);
} catch { /* a browser that keeps nothing */ }
for (const lamp of document.querySelectorAll("[data-lamp]")) {
  const live = lamp.querySelector(".lamp-live");
  const range = lamp.querySelector(".lamp-turn input");
  const turn = () => {
    const side = range.value / 100;
    live.style.setProperty("--from-left", Math.max(0, -side));
    live.style.setProperty("--from-right", Math.max(0, side));
    const place = side < -0.1 ? "left" : side > 0.1 ? "right" : "front";
    range.setAttribute("aria-valuetext", place === "front" ? range.dataset.front : `${range.dataset[place]}, ${Math.abs(range.value)}%`);
  };
  // For browsers that cannot ask in a style sheet whether there are scripts.
  lamp.classList.add("lamp-on");
  range.addEventListener("input", turn);
  for (const tone of lamp.querySelectorAll(".lamp-tones input")) {
    const show = () => {
      for (const drawing of lamp.querySelectorAll(".skin")) drawing.dataset.tone = tone.value;
    };
    tone.addEventListener("change", () => {
      show();
      try {
        sessionStorage.setItem(TONE, tone.value);
      } catch { /* a browser that keeps nothing */ }
    });
    if (tone.value === chosen) {
      tone.checked = true;
      show();
    }
  }
  turn();
}
