"""What the numbers say, each as an answer to a question."""
