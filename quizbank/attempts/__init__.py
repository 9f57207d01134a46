"""A sitting: practice or an assigned quiz, answers in the order they were saved, grading, review and progress."""
