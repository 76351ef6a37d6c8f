// What a page does more where scripts run: the reader's own time beside a group's, printing,
// sending the address on, the shortlist, and “Near me”. One file, since each costs a request.

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

// Shows the buttons that print the page; without a script they would do nothing.
(() => {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.closest("[hidden]").hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();

// Sends the address of the page on, or copies it. Nothing else goes with it.
(() => {
  const box = document.querySelector("[data-send-on]");
  if (!box) return;
  const { sendOn: url, sendTitle: title, sendText: text } = box.dataset;
  const send = box.querySelector("[data-send]");
  const copy = box.querySelector("[data-copy]");
  const said = box.querySelector("[data-send-said]");
  box.hidden = false;
  if (send && navigator.share) {
    send.hidden = false;
    // Who closes the list of ways to send has changed their mind: that is no mistake.
    send.addEventListener("click", () => navigator.share({ title, text, url }).catch(() => {}));
  }
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(url);
      said.textContent = copy.dataset.copied;
    } catch {
      said.textContent = copy.dataset.notCopied;
    }
  });
})();

// Up to four groups to compare. Only this tab knows them, and it forgets them when it closes.
(() => {
  const link = document.querySelector("[data-shortlist]");
  if (!link) return;
  const KEY = "shortlist";
  const MOST = 4;
  const words = link.dataset;
  const buttons = new Set();

  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) || [];
    } catch {
      return [];
    }
  }

  function write(slugs) {
    try {
      if (slugs.length) sessionStorage.setItem(KEY, JSON.stringify(slugs));
      else sessionStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing has no shortlist; its pages work all the same.
    }
  }

  function show() {
    const slugs = read();
    const query = new URLSearchParams(slugs.map((slug) => ["group", slug]));
    link.hidden = !slugs.length;
    link.href = `${words.shortlist}?${query}`;
    link.querySelector("[data-count]").textContent = `(${slugs.length})`;
    buttons.forEach((button) => {
      if (!button.isConnected) buttons.delete(button);
      const isOn = slugs.includes(button.dataset.slug);
      const isFull = slugs.length >= MOST && !isOn;
      button.firstChild.textContent = isOn ? words.takeOff : isFull ? words.full : words.add;
      button.setAttribute("aria-disabled", isFull);
    });
  }

  function toggle(slug) {
    const slugs = read();
    if (slugs.includes(slug)) write(slugs.filter((one) => one !== slug));
    else if (slugs.length < MOST) write([...slugs, slug]);
    show();
  }

  function button(slug, name) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-quiet shortlist-button no-print";
    made.dataset.slug = slug;
    const spoken = document.createElement("span");
    spoken.className = "visually-hidden";
    spoken.textContent = `: ${name}`;
    made.append(document.createElement("span"), spoken);
    made.addEventListener("click", () => toggle(slug));
    buttons.add(made);
    return made;
  }

  function addButtons() {
    document.querySelectorAll(".card[data-group], [data-shortlist-here]").forEach((place) => {
      const slug = place.dataset.group || place.dataset.shortlistHere;
      const before = place.querySelector(".shortlist-button");
      if (before?.dataset.slug === slug) return;
      // A list that changed in place may have made this row out of another.
      before?.remove();
      // The link does it without a script, for a list that begins with this group.
      place.querySelectorAll("[data-without-script]").forEach((it) => it.remove());
      const heading = place.querySelector("h2, h3, h4") || document.querySelector("h1");
      place.append(button(slug, heading.textContent.trim()));
    });
    show();
  }

  // The page that compares them shows what its address says: from then on that is the list.
  const compared = document.querySelector("[data-compared]");
  if (compared) write(compared.dataset.compared.split(" ").filter(Boolean));
  addButtons();
  document.addEventListener("htmx:after:swap", addButtons);
  window.addEventListener("pageshow", show);
})();

// "Near me": asks the browser where it is, only when pressed, and lets no more of the answer
// leave the page than about a kilometre. And whose "today" is meant, where that is asked for.
(() => {
  const DECIMALS = 2;
  const PATIENCE = 15000;

  const parts = (form) => {
    const field = form.querySelector("[data-near]");
    return {
      field,
      button: field.querySelector("[data-near-button]"),
      says: field.querySelector("[data-near-says]"),
      near: field.querySelector("[name=near]"),
      place: field.querySelector("[name=place]"),
    };
  };

  function ask(form) {
    const { field, says, near, place } = parts(form);
    const { asking, refused, failed } = field.dataset;
    says.textContent = asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        near.value = [coords.latitude, coords.longitude].map((it) => it.toFixed(DECIMALS)).join(",");
        near.disabled = false;
        place.value = "";
        says.textContent = "";
        form.requestSubmit();
      },
      (error) => {
        says.textContent = error.code === error.PERMISSION_DENIED ? refused : failed;
      },
      { maximumAge: 600000, timeout: PATIENCE },
    );
  }

  const offer = () =>
    document.querySelectorAll("[data-near-button]").forEach((button) => {
      button.hidden = !navigator.geolocation;
    });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-near-button]");
    if (button) ask(button.form);
  });

  // Who types a place looks there, and not around themselves.
  document.addEventListener("input", ({ target }) => {
    if (target.name === "place" && target.form?.querySelector("[data-near]")) {
      parts(target.form).near.disabled = true;
    }
  });

  // Before htmx reads the form: hence on the way down to it.
  document.addEventListener(
    "submit",
    ({ target }) => {
      const zone = target.querySelector("input[name=zone]");
      if (!zone) return;
      zone.disabled = !target.querySelector("[name=when]:checked");
      zone.value = zone.disabled ? "" : Intl.DateTimeFormat().resolvedOptions().timeZone;
    },
    true,
  );

  offer();
  document.addEventListener("htmx:after:swap", offer);
})();
