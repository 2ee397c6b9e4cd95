// A search field with a list of titles below it: the combobox pattern of the ARIA authoring guide.

const PAUSE = 120;

/** Offers the titles that the field's `data-suggest` address answers with. Leaves the form working as it does without. */
export function suggest(field) {
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.role = "listbox";
  list.hidden = true;
  list.ariaLabel = field.labels[0].textContent;
  field.parentElement.append(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  let chosen = -1;
  let timer;
  let asked = 0;

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }

  function choose(index) {
    chosen = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[index].id);
  }

  function option({ title, kind, url }, place) {
    const item = document.createElement("li");
    item.id = `suggestion-${place}`;
    item.role = "option";
    item.setAttribute("aria-selected", "false");
    item.dataset.url = url;
    const label = document.createElement("small");
    label.textContent = kind;
    item.append(title, " ", label);
    return item;
  }

  async function ask() {
    const turn = ++asked;
    const text = field.value.trim();
    if (text.length < 2) return show(false);
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
      const { results } = await answer.json();
      // A slow answer to earlier letters comes too late.
      if (turn !== asked) return;
      list.replaceChildren(...results.map(option));
      show(results.length > 0);
    } catch {
      show(false);
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen + step > last ? -1 : chosen + step < -1 ? last : chosen + step);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  // Before the field loses its focus, and the list is hidden.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[data-url]");
    if (item) location.assign(item.dataset.url);
  });
  field.addEventListener("blur", () => show(false));
  // What was typed while this module was on its way.
  if (field.value !== field.defaultValue) ask();
}
