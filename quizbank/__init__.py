"""The question bank of Học Liệu, on top of the repository: questions, matrices, quizzes, attempts."""
