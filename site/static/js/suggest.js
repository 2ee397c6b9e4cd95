// Suggestions below a search field: the combobox pattern of the ARIA Authoring Practices Guide.

const DEBOUNCE_MS = 120;

/** Offers the titles that the URL in the field's `data-suggest` returns. The search form itself still works as before. */
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
  let selectedIndex = -1;
  let timer;
  let lastRequest = 0;

  function setOpen(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) select(-1);
  }

  function select(index) {
    selectedIndex = index;
    [...list.children].forEach((option, position) => option.setAttribute("aria-selected", String(position === index)));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[index].id);
  }

  function createOption({ title, kind, url }, position) {
    const item = document.createElement("li");
    item.id = `suggestion-${position}`;
    item.role = "option";
    item.setAttribute("aria-selected", "false");
    item.dataset.url = url;
    const label = document.createElement("small");
    label.textContent = kind;
    item.append(title, " ", label);
    return item;
  }

  async function fetchSuggestions() {
    const request = ++lastRequest;
    const text = field.value.trim();
    if (text.length < 2) return setOpen(false);
    try {
      const response = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
      const { results } = await response.json();
      // Ignore a slow response to an earlier request.
      if (request !== lastRequest) return;
      list.replaceChildren(...results.map(createOption));
      setOpen(results.length > 0);
    } catch {
      setOpen(false);
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(fetchSuggestions, DEBOUNCE_MS);
  });
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      setOpen(false);
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(selectedIndex + step > last ? -1 : selectedIndex + step < -1 ? last : selectedIndex + step);
    } else if (event.key === "Enter" && selectedIndex >= 0) {
      event.preventDefault();
      location.assign(list.children[selectedIndex].dataset.url);
    }
  });
  // On pointerdown and not on click: the field would lose its focus first, which hides the list.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[data-url]");
    if (item) location.assign(item.dataset.url);
  });
  field.addEventListener("blur", () => setOpen(false));
  // The reader may have typed before this module was loaded.
  if (field.value !== field.defaultValue) fetchSuggestions();
}
