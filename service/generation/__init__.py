"""Answers by a language model: it names provisions and writes sentences, the code supplies the words and checks each sentence."""
