/* Speaks SCORM 1.2 or SCORM 2004 with whoever plays the lesson; silent where nobody listens. */
(function () {
  "use strict";
  function find(name) {
    var place = window;
    for (var step = 0; step < 10; step += 1) {
      try {
        if (place[name]) { return place[name]; }
        if (place.opener && place.opener[name]) { return place.opener[name]; }
      } catch (error) { return null; }
      if (place.parent === place) { return null; }
      place = place.parent;
    }
    return null;
  }

  var modern = find("API_1484_11");
  var old = modern ? null : find("API");
  var isOver = false;

  function get(name) { return modern ? modern.GetValue(name) : old ? old.LMSGetValue(name) : ""; }
  function set(name, value) {
    if (modern) { modern.SetValue(name, String(value)); }
    if (old) { old.LMSSetValue(name, String(value)); }
  }
  function commit() {
    if (modern) { modern.Commit(""); }
    if (old) { old.LMSCommit(""); }
  }
  function close() {
    if (isOver) { return; }
    isOver = true;
    if (modern) { modern.Terminate(""); }
    if (old) { old.LMSFinish(""); }
  }
  function setStatus(isComplete, fraction) {
    if (modern) {
      set("cmi.completion_status", isComplete ? "completed" : "incomplete");
      if (fraction !== null) {
        set("cmi.score.min", 0);
        set("cmi.score.max", 100);
        set("cmi.score.raw", Math.round(fraction * 100));
        set("cmi.score.scaled", fraction);
        set("cmi.success_status", fraction >= 0.5 ? "passed" : "failed");
      }
    } else if (old) {
      if (fraction !== null) {
        set("cmi.core.score.min", 0);
        set("cmi.core.score.max", 100);
        set("cmi.core.score.raw", Math.round(fraction * 100));
      }
      set("cmi.core.lesson_status", isComplete ? "completed" : "incomplete");
    }
  }

  window.hoclieuTracker = {
    start: function () {
      if (modern) { modern.Initialize(""); }
      if (old) { old.LMSInitialize(""); }
      var status = get(modern ? "cmi.completion_status" : "cmi.core.lesson_status");
      if (status !== "completed" && status !== "passed") { setStatus(false, null); }
      return parseInt(get(modern ? "cmi.location" : "cmi.core.lesson_location"), 10) || 0;
    },
    save: function (page) {
      set(modern ? "cmi.location" : "cmi.core.lesson_location", page);
      commit();
    },
    finish: function (fraction) {
      setStatus(true, fraction);
      commit();
    }
  };
  window.addEventListener("pagehide", close);
})();
