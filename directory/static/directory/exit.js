// "Exit this page": leaves at once for a neutral site and signs out on the way.
// Without this file the button's form does the same more slowly.
(() => {
  const form = document.querySelector("[data-exit]");
  if (!form) return;
  const PRESSES = 3;
  const WITHIN = 5000;
  const neutral = form.dataset.exitTo;
  const hasSession = "hasSession" in form.dataset;
  const dots = form.querySelector("[data-count-shown]");
  const spoken = form.querySelector("[role=status]");
  const say = (name) => (spoken.textContent = form.dataset[name] || "");
  let presses = 0;
  let isOnlyShift = false;
  let timer;

  function cover() {
    const sheet = document.createElement("div");
    sheet.className = "exit-cover";
    document.body.append(sheet);
    document.documentElement.classList.add("is-left");
    document.title = "\u2026";
  }

  function forgetShortlist() {
    try {
      sessionStorage.clear();
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  function leave() {
    cover();
    // The beacon outlives the page. A visitor without a session has nothing to end.
    if (hasSession) navigator.sendBeacon(`${form.action}?quietly`);
    forgetShortlist();
    window.location.replace(neutral);
  }

  function forget(word) {
    clearTimeout(timer);
    if (presses) say(word);
    presses = 0;
    delete dots.dataset.count;
  }

  function count() {
    presses += 1;
    dots.dataset.count = presses;
    clearTimeout(timer);
    if (presses === PRESSES) {
      leave();
      return;
    }
    say(`press${PRESSES - presses}`);
    timer = setTimeout(() => forget("pressNone"), WITHIN);
  }

  if (neutral) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      leave();
    });
    // Shift with a letter is a capital letter: it starts the count again.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Shift") {
        if (!event.repeat) isOnlyShift = true;
        return;
      }
      isOnlyShift = false;
      forget("pressNone");
    });
    document.addEventListener("keyup", (event) => {
      if (event.key === "Shift" && isOnlyShift) count();
    });
  }

  // Back may bring a page from the browser's memory: one with a session asks the
  // server again, which by then may know nobody.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (hasSession) {
      cover();
      window.location.reload();
    }
  });
})();
