"""What readers, learners and writers of notes need beyond an answer: whole texts with their links, subjects, quizzes, notes."""
