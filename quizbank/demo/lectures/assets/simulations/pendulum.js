window.hoclieuSimulation = {
  controls: [
    { name: "l", label: "Chiều dài dây", min: 0.25, max: 2, step: 0.05, value: 1, unit: "m" },
    { name: "g", label: "Gia tốc rơi tự do", min: 1.6, max: 20, step: 0.1, value: 9.8, unit: "m/s²" },
    { name: "a", label: "Góc lệch ban đầu", min: 2, max: 20, step: 1, value: 12, unit: "°" }
  ],
  draw: function (pen, v, t) {
    var period = 2 * Math.PI * Math.sqrt(v.l / v.g);
    var angle = (v.a * Math.PI / 180) * Math.cos((2 * Math.PI * t) / period);
    var x = 360 + 160 * v.l * Math.sin(angle);
    var y = 30 + 160 * v.l * Math.cos(angle);
    pen.beginPath(); pen.moveTo(260, 30); pen.lineTo(460, 30); pen.moveTo(360, 30); pen.lineTo(x, y); pen.stroke();
    pen.fillStyle = "#0b6e63";
    pen.beginPath(); pen.arc(x, y, 14, 0, 7); pen.fill();
    return "Chu kì T = 2π√(l/g) = " + period.toFixed(2).replace(".", ",") + " s";
  }
};
