window.hoclieuSimulation = {
  controls: [
    { name: "U", label: "Hiệu điện thế", min: 1, max: 24, step: 1, value: 12, unit: "V" },
    { name: "R1", label: "Điện trở R₁", min: 1, max: 20, step: 1, value: 6, unit: "Ω" },
    { name: "R2", label: "Điện trở R₂", min: 1, max: 20, step: 1, value: 6, unit: "Ω" }
  ],
  draw: function (pen, v) {
    var say = function (x) { return x.toFixed(2).replace(".", ","); };
    var series = v.R1 + v.R2;
    var parallel = (v.R1 * v.R2) / series;
    pen.strokeRect(40, 90, 280, 200); pen.strokeRect(420, 90, 260, 200);
    pen.beginPath(); pen.moveTo(420, 190); pen.lineTo(680, 190); pen.stroke();
    pen.fillStyle = "#ffffff";
    [[80, 75], [200, 75], [510, 75], [510, 175]].forEach(function (at) { pen.fillRect(at[0], at[1], 80, 30); pen.strokeRect(at[0], at[1], 80, 30); });
    pen.fillStyle = "#1c2530";
    pen.fillText("R₁", 110, 96); pen.fillText("R₂", 230, 96); pen.fillText("R₁", 540, 96); pen.fillText("R₂", 540, 196);
    pen.fillText("Nối tiếp: R = " + say(series) + " Ω, I = " + say(v.U / series) + " A", 40, 340);
    pen.fillText("Song song: R = " + say(parallel) + " Ω, I = " + say(v.U / parallel) + " A", 400, 340);
    pen.fillText("U = " + v.U + " V", 150, 312); pen.fillText("U = " + v.U + " V", 520, 312);
    return "Nối tiếp I = " + say(v.U / series) + " A; song song I = " + say(v.U / parallel) + " A.";
  }
};
