"""An invented municipality: its associations, boards, volunteers and agreements."""
