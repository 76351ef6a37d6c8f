// Shows the buttons that print the page; without a script they would do nothing.
(() => {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.closest("[hidden]").hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
