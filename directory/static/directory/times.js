// Beside a time told in a group's zone, adds the reader's own where that differs.
(() => {
  const { lang } = document.documentElement;
  const language = lang === "en" ? "en-GB" : lang;

  const told = (moment, timeZone) =>
    new Intl.DateTimeFormat(language, {
      weekday: "long",
      hour: "numeric",
      minute: "2-digit",
      hour12: lang === "en" || undefined,
      timeZone,
    })
      .format(moment)
      .replace(/:00(?=\s[ap]m)/, "");

  function add(time) {
    const moment = new Date(time.dateTime);
    const mine = told(moment);
    const isDone = "isTold" in time.dataset;
    if (isDone || time.closest("del") || mine === told(moment, time.dataset.zone)) return;
    time.dataset.isTold = "";
    const beside = document.createElement("span");
    beside.className = "your-time";
    beside.textContent = ` (${time.dataset.yours} ${mine})`;
    time.after(beside);
  }

  const addAll = () => document.querySelectorAll("time[data-zone]").forEach(add);
  addAll();
  document.addEventListener("htmx:after:swap", addAll);
})();
