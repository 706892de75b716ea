"""What is known of the sector before anything is crawled: the default themes, and a sample sector to try things on."""
