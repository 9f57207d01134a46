/* Runs a simulation: sliders from its description, a canvas, a line that says the numbers. */
(function () {
  "use strict";
  var box = document.querySelector("[data-simulation]");
  var simulation = window.hoclieuSimulation;
  var values = {};
  var canvas = document.createElement("canvas");
  var controls = document.createElement("div");
  var said = document.createElement("p");
  var started = performance.now();
  canvas.width = 720;
  canvas.height = 400;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", box.dataset.label);
  controls.className = "controls";
  said.setAttribute("role", "status");

  function restart() {
    started = performance.now();
    if (simulation.start) { simulation.start(values); }
  }

  function frame() {
    var pen = canvas.getContext("2d");
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 2;
    pen.font = "16px system-ui, sans-serif";
    pen.strokeStyle = pen.fillStyle = "#1c2530";
    var text = simulation.draw(pen, values, (performance.now() - started) / 1000);
    if (said.textContent !== text) { said.textContent = text; }
    requestAnimationFrame(frame);
  }

  simulation.controls.forEach(function (control) {
    var label = document.createElement("label");
    var input = document.createElement("input");
    var shown = document.createElement("output");
    values[control.name] = control.value;
    input.type = "range";
    ["min", "max", "step"].forEach(function (part) { input[part] = control[part]; });
    input.value = control.value;
    function tell() { shown.textContent = " " + String(values[control.name]).replace(".", ",") + " " + (control.unit || ""); }
    input.addEventListener("input", function () {
      values[control.name] = Number(input.value);
      tell();
      restart();
    });
    label.appendChild(document.createTextNode(control.label));
    label.appendChild(shown);
    label.appendChild(input);
    controls.appendChild(label);
    tell();
  });
  var again = document.createElement("button");
  again.type = "button";
  again.textContent = "Chạy lại";
  again.addEventListener("click", restart);
  [controls, again, canvas, said].forEach(function (part) { box.appendChild(part); });
  restart();
  frame();
})();
