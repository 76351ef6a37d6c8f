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
