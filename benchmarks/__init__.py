"""What is measured against: quality, speed, and the shapes that the scorers ask for."""
