// Dates that staff type: never replaced by today where they cannot be read, and shown back in words before they are saved.
{
  const words = document.currentScript.dataset;
  const picker = window.jQuery?.fn.datetimepicker;
  if (picker) picker.defaults.validateOnBlur = false;

  // Those that were made before: without the check that would write today over what was typed.
  document.addEventListener("DOMContentLoaded", () => {
    for (const input of document.querySelectorAll("input[type=text]")) {
      const own = window.jQuery?.(input).data("xdsoft_datetimepicker");
      if (own) window.jQuery(input).off("blur.xdsoft").on("blur.xdsoft", () => own.trigger("close.xdsoft"));
    }
  });

  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const monthOf = (name) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const yearOf = (text) => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900));
  const SHAPES = [
    [/^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b/, ([, month, , day, year]) => [yearOf(year), Number(month), Number(day)]],
    [/^(\d{4})-(\d{1,2})-(\d{1,2})\b/, ([, year, month, day]) => [Number(year), Number(month), Number(day)]],
    [/^(?:[a-z]+, )?([a-z]{3,9})\.? (\d{1,2}),? (\d{4})\b/i, ([, month, day, year]) => [Number(year), monthOf(month), Number(day)]],
    [/^(\d{1,2}) ([a-z]{3,9}) (\d{4})\b/i, ([, day, month, year]) => [Number(year), monthOf(month), Number(day)]],
  ];
  const TIME = /^(?:,? (?:at )?|T)(\d{1,2})(?::(\d{2}))?(?::\d{2})? ?(am|pm)?$/i;

  // The words for what was typed; null where it cannot be read.
  function inWords(text) {
    for (const [shape, parts] of SHAPES) {
      const match = shape.exec(text);
      if (!match) continue;
      const [year, month, day] = parts(match);
      const date = new Date(Date.UTC(year, month - 1, day));
      if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
      const rest = text.slice(match[0].length).trimEnd();
      const time = rest ? TIME.exec(rest) : null;
      if (rest && !time) return null;
      if (time) {
        const hour = (Number(time[1]) % (time[3] ? 12 : 24)) + (time[3]?.toLowerCase() === "pm" ? 12 : 0);
        date.setUTCHours(hour, Number(time[2] ?? 0));
      }
      const style = { timeZone: "UTC", weekday: "long", year: "numeric", month: "long", day: "numeric" };
      if (time) Object.assign(style, { hour: "numeric", minute: "2-digit" });
      return new Intl.DateTimeFormat("en-US", style).format(date) + (time ? ` ${words.zone}` : "");
    }
    return null;
  }

  function show(input) {
    let note = input.parentElement.querySelector(":scope > .date-words");
    const text = input.value.trim().replace(/\s+/g, " ");
    if (!note) {
      note = document.createElement("p");
      note.className = "date-words help";
      note.setAttribute("role", "status");
      input.after(note);
    }
    const said = text && inWords(text);
    note.textContent = said || (text ? words.unreadable : "");
    note.classList.toggle("date-words-unreadable", Boolean(text) && !said);
  }

  const isDate = (input) => {
    const options = window.jQuery?.(input).data("xdsoft_datetimepicker")?.data("options") ?? {};
    return options.datepicker !== false && Boolean(window.jQuery?.(input).data("xdsoft_datetimepicker"));
  };
  for (const kind of ["input", "change", "focusin", "focusout"]) {
    document.addEventListener(kind, ({ target }) => {
      if (target.matches?.("input[type=text]") && isDate(target)) show(target);
    });
  }
  // The picker writes without an event that bubbles.
  window.jQuery?.(document).on("change", "input[type=text]", ({ target }) => isDate(target) && show(target));
}
