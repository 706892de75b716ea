"""One module a platform: which pages it makes of a blog's posts, and what surrounds them."""
