"""A library to show: questions, lectures and three years of school life, all invented and all correct."""
