/* A lesson of text, a figure and questions with one right option. */
var H5P = H5P || {};

H5P.HocLieuText = (function ($, EventDispatcher) {
  "use strict";

  function Lesson(parameters, id) {
    EventDispatcher.call(this);
    this.parameters = parameters;
    this.id = id;
    this.right = {};
  }

  Lesson.prototype = Object.create(EventDispatcher.prototype);
  Lesson.prototype.constructor = Lesson;

  Lesson.prototype.attach = function ($container) {
    var self = this;
    var box = $container.get(0);
    box.classList.add("h5p-hoclieu-text");
    self.parameters.paragraphs.forEach(function (text) { self.add(box, "p", text); });
    self.parameters.questions.forEach(function (question, number) { self.addQuestion(box, question, number); });
    self.trigger("resize");
  };

  Lesson.prototype.add = function (parent, tag, text) {
    var made = document.createElement(tag);
    made.textContent = text;
    parent.appendChild(made);
    return made;
  };

  Lesson.prototype.addQuestion = function (box, question, number) {
    var self = this;
    var fieldset = self.add(box, "fieldset", "");
    self.add(fieldset, "legend", question.stem);
    question.options.forEach(function (option, place) {
      var label = self.add(fieldset, "label", "");
      var input = self.add(label, "input", "");
      input.type = "radio";
      input.name = "hoclieu-" + self.id + "-" + number;
      label.appendChild(document.createTextNode(" " + option));
      input.addEventListener("change", function () {
        var isRight = place === question.right;
        self.right[number] = isRight;
        answer.textContent = isRight ? self.parameters.rightText : self.parameters.wrongText;
        self.tell();
      });
    });
    var answer = self.add(fieldset, "p", "");
    answer.setAttribute("role", "status");
  };

  Lesson.prototype.getScore = function () {
    var right = this.right;
    return Object.keys(right).filter(function (number) { return right[number]; }).length;
  };

  Lesson.prototype.getMaxScore = function () { return this.parameters.questions.length; };

  Lesson.prototype.tell = function () {
    this.trigger("resize");
    if (Object.keys(this.right).length === this.getMaxScore()) {
      this.triggerXAPIScored(this.getScore(), this.getMaxScore(), "completed");
    }
  };

  return Lesson;
})(H5P.jQuery, H5P.EventDispatcher);
