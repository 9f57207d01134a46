"""Questions this project writes itself: templates whose keys are computed and whose distractors are named mistakes."""
