window.hoclieuSimulation = {
  controls: [
    { name: "V", label: "Thể tích", min: 1, max: 8, step: 0.25, value: 4, unit: "L" },
    { name: "T", label: "Nhiệt độ", min: 200, max: 500, step: 25, value: 300, unit: "K" }
  ],
  draw: function (pen, v, t) {
    var k = v.T / 75;
    var pressure = k / v.V;
    pen.strokeRect(30, 100, 240, 200);
    pen.fillStyle = "#5c6b7a"; pen.fillRect(30 + 30 * v.V, 100, 10, 200);
    pen.fillStyle = "#0b6e63";
    for (var n = 0; n < 40; n += 1) {
      var speed = (30 + (n % 7) * 9) * Math.sqrt(v.T / 300);
      var width = 30 * v.V - 8;
      var x = (n * 53 + speed * t) % (2 * width);
      var y = (n * 37 + speed * 0.8 * t) % 380;
      pen.beginPath(); pen.arc(34 + (x > width ? 2 * width - x : x), 105 + (y > 190 ? 380 - y : y), 4, 0, 7); pen.fill();
    }
    pen.beginPath(); pen.moveTo(340, 40); pen.lineTo(340, 360); pen.lineTo(700, 360); pen.stroke();
    pen.fillStyle = "#1c2530"; pen.fillText("p (bar)", 345, 40); pen.fillText("V (L)", 660, 385);
    pen.strokeStyle = "#0b6e63"; pen.beginPath();
    for (var V = 0.8; V <= 8; V += 0.1) { pen.lineTo(340 + 42 * V, 360 - 45 * (k / V)); }
    pen.stroke();
    pen.fillStyle = "#c05a1c"; pen.beginPath(); pen.arc(340 + 42 * v.V, 360 - 45 * pressure, 7, 0, 7); pen.fill();
    return "p = " + pressure.toFixed(2).replace(".", ",") + " bar; pV = " + k.toFixed(2).replace(".", ",") + " bar·L ở " + v.T + " K.";
  }
};
