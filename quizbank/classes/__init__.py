"""Classes that students join with a code, and the quizzes their teacher assigns to them."""
