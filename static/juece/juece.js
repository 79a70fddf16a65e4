// Small comforts. Everything works without this file; nothing here decides anything.
(function () {
  "use strict";

  // Bring a refused form's summary to the reader, who may not see the top of the page.
  function focusSummary() {
    var summary = document.querySelector(".error-summary");
    if (summary) summary.focus();
  }

  // A second press on the same button sends nothing (the server refuses doubles as well).
  function sendOnce(event) {
    var form = event.target;
    if (form.method.toLowerCase() !== "post" || event.defaultPrevented) return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
  }

  function allowSendingAgain() {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      form.removeAttribute("data-sent");
    });
  }

  // Buttons that need a script stay hidden without one.
  function showPrintButtons() {
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        window.print();
      });
    });
  }

  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", allowSendingAgain);
  document.addEventListener("DOMContentLoaded", function () {
    focusSummary();
    showPrintButtons();
  });
})();
