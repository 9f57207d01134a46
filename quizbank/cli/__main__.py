"""``python -m quizbank.cli``."""

from quizbank.cli import main

main()
