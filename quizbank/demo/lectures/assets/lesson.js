/* Pages through a lesson, checks its questions and tells the tracker. Without it everything is simply shown. */
(function () {
  "use strict";
  var pages = Array.prototype.slice.call(document.querySelectorAll("section"));
  var checks = Array.prototype.slice.call(document.querySelectorAll("fieldset[data-right]"));
  var tracker = window.hoclieuTracker || { start: function () { return 0; }, save: function () {}, finish: function () {} };
  var texts = document.body.dataset;
  var right = {};
  var current = 0;

  function show(index) {
    current = Math.max(0, Math.min(pages.length - 1, index));
    pages.forEach(function (page, number) { page.hidden = number !== current; });
    back.disabled = current === 0;
    next.disabled = current === pages.length - 1;
    place.textContent = (current + 1) + " / " + pages.length;
    tracker.save(current);
    if (current === pages.length - 1 && !checks.length) { tracker.finish(null); }
  }

  function check(fieldset) {
    var chosen = fieldset.querySelector("input:checked");
    if (!chosen) { return; }
    var isRight = chosen.value === fieldset.dataset.right;
    right[fieldset.id] = isRight;
    fieldset.classList.toggle("is-right", isRight);
    fieldset.querySelector(".answer").textContent = isRight ? texts.right : texts.wrong;
    if (Object.keys(right).length === checks.length) {
      tracker.finish(Object.keys(right).filter(function (id) { return right[id]; }).length / checks.length);
    }
  }

  function button(text, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  var bar = document.createElement("nav");
  var place = document.createElement("span");
  var back = button(texts.back, function () { show(current - 1); });
  var next = button(texts.next, function () { show(current + 1); });
  place.setAttribute("aria-live", "polite");
  [back, place, next].forEach(function (part) { bar.appendChild(part); });
  document.querySelector("main").appendChild(bar);
  checks.forEach(function (fieldset) {
    fieldset.addEventListener("change", function () { check(fieldset); });
  });
  show(tracker.start());
})();
