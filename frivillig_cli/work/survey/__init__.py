"""The survey round: workbooks out, answers back into the register."""
